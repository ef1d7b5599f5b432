namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x in the element type of another tensor, as Cast converts.</summary>
internal static class CastLikeOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.CastLike op, NodeContext node) =>
        CastOperator.Prepare(new Onnx.Operators.Cast(node.InputType(1), op.Saturate, op.RoundMode), node);
}
