using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x + bias where x &lt; -λ, x - bias where x &gt; λ, else 0. Of integers in float64, then truncated.</summary>
internal static class ShrinkOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Shrink op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 or ElementType.Float64 or ElementType.Float16 => VectorUnaryKernel.Create(node, new Numerics.Kernels.Shrink(op.Bias, op.Lambd)),
        var type => TypeDispatch.Integer(type, new Factory(op.Bias, op.Lambd)) ?? throw node.UnsupportedType(0),
    };

    private readonly struct Factory(double bias, double lambda) : IIntegerFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => new Kernel<T>(bias, lambda);
    }

    private sealed class Kernel<T>(double bias, double lambda) : OperatorKernel
        where T : unmanaged, IBinaryInteger<T>
    {
        public override bool CanOverwrite(int input) => true;

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            for (int i = 0; i < y.Length; i++)
            {
                double value = double.CreateTruncating(x[i]);
                y[i] = value < -lambda ? T.CreateSaturating(value + bias) : value > lambda ? T.CreateSaturating(value - bias) : T.Zero;
            }
        }
    }
}
