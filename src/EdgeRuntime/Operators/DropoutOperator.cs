using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Inference: y = x and a mask of true. Training with a ratio above 0, which draws random numbers, is refused.</summary>
internal static class DropoutOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Dropout op, NodeContext node)
    {
        if (node.Constant(2) is Tensor<bool> { Length: > 0 } training && training.Span[0] && !(node.Constant(1) is { } ratio && IsZero(ratio)))
        {
            throw node.Unsupported("training mode is not supported; export the model for inference.");
        }

        return TypeDispatch.Element(node.InputType(0), new Factory(node)) ?? throw node.UnsupportedType(0);
    }

    private static bool IsZero(Tensor ratio) => ratio.Length > 0 && !ratio.Bytes.ContainsAnyExcept((byte)0);

    private readonly struct Factory(NodeContext node) : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>(node);
    }

    private sealed class Kernel<T>(NodeContext node) : OperatorKernel
    {
        public override bool CanOverwrite(int input) => input == 0;

        public override void Run(in KernelArguments arguments)
        {
            if (arguments.HasInput(2) && arguments.Input<bool>(2) is [true, ..] && !(arguments.HasInput(1) && IsZero(arguments.InputTensor(1))))
            {
                throw node.BadValue("expected training_mode false, got true; the engine runs models for inference.");
            }

            arguments.Input<T>(0).CopyTo(arguments.Output<T>(0));
            if (arguments.HasOutput(1))
            {
                arguments.Output<bool>(1).Fill(true);
            }
        }
    }
}
