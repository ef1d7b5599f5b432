using System.Numerics;
using Record = Toolkit.Onnx.Operators.Binarizer;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>1 above a threshold, 0 elsewhere.</summary>
internal static class BinarizerOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => TypeDispatch.Number(node.InputType(0), new Factory(op)) ?? throw node.UnsupportedType(0);

    private readonly struct Factory(Record op) : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Kernel<T>(op.Threshold);
    }

    private sealed class Kernel<T>(double threshold) : OperatorKernel
        where T : unmanaged, INumber<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = double.CreateTruncating(x[i]) > threshold ? T.One : T.Zero;
            }
        }
    }
}
