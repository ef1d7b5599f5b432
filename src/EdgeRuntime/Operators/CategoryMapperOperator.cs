using Toolkit.Numerics;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Texts by their numbers, numbers by their texts.</summary>
internal static class CategoryMapperOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(CategoryMapper op, NodeContext node) => node.InputType(0) is ElementType.String or ElementType.Int64
        ? LabelEncoderOperator.Prepare(op.ToLabelEncoder(node.InputType(0)), node)
        : throw node.UnsupportedType(0);
}
