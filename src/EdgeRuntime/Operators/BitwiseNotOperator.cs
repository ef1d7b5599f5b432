using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = not x, bit by bit.</summary>
internal static class BitwiseNotOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.BitwiseNot op, NodeContext node) =>
        TypeDispatch.Integer(node.InputType(0), default(Factory)) ?? throw node.UnsupportedType(0);

    private readonly struct Factory : IIntegerFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => new Kernel<T>();
    }

    private sealed class Kernel<T> : OperatorKernel
        where T : unmanaged, IBinaryInteger<T>
    {
        public override bool CanOverwrite(int input) => true;

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = ~x[i];
            }
        }
    }
}
