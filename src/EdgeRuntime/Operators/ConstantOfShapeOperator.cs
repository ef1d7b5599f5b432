using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A tensor of one value.</summary>
internal static class ConstantOfShapeOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.ConstantOfShape op, NodeContext node) => IntegerInput.Accepts(node.InputType(0))
        ? TypeDispatch.Element(op.ElementType, new Factory(op.Value ?? Tensor.Scalar(0f))) ?? throw node.UnsupportedType(op.ElementType, "output 0")
        : throw node.UnsupportedType(0);

    private readonly struct Factory(Tensor value) : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>(value.StorageAs<T>()[0]);
    }

    private sealed class Kernel<T>(T value) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments) => arguments.Output<T>(0).Fill(value);
    }
}
