using System.Numerics;
using Toolkit.EdgeRuntime.Fusion;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>float16 and bfloat16 to float32 and back by vectors; interpolated integers from float64; other types as Cast does it.</summary>
internal static class PrecisionCastOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(PrecisionCast op, NodeContext node) => (node.InputType(0), op.To) switch
    {
        (ElementType.Float16 or ElementType.BFloat16, ElementType.Float32) => new WidenKernel(),
        (ElementType.Float32, ElementType.Float16 or ElementType.BFloat16) => new RoundKernel(),
        (ElementType.Float64, var type) when TypeDispatch.Integer(type, default(IntegerFactory)) is { } kernel => kernel,
        _ => CastOperator.Prepare(new Cast(op.To), node),
    };

    /// <summary>y = x, in memory of y's own.</summary>
    public static void Widen(Tensor x, Span<float> y, WorkerPool workers)
    {
        if (x is Tensor<Half> half)
        {
            HalfPrecision.Widen(half.Span, y, workers);
        }
        else
        {
            HalfPrecision.Widen(x.As<BFloat16>().Span, y, workers);
        }
    }

    private readonly struct IntegerFactory : IIntegerFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => new IntegerKernel<T>();
    }

    // Interpolation weights are rounded themselves: what a whole number misses by no more than they may is that number, anything else is truncated, as
    // Cast does it.
    private sealed class IntegerKernel<T> : OperatorKernel
        where T : unmanaged, IBinaryInteger<T>
    {
        private const double Error = 1.0 / (1 << 21);

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<double> x = arguments.Input<double>(0);
            Span<T> y = arguments.Output<T>(0);
            for (int i = 0; i < y.Length; i++)
            {
                double whole = Math.Round(x[i]);
                y[i] = T.CreateSaturating(Math.Abs(x[i] - whole) <= Math.Abs(x[i]) * Error ? whole : x[i]);
            }
        }
    }

    private sealed class WidenKernel : OperatorKernel
    {
        public override void Run(in KernelArguments arguments) => Widen(arguments.InputTensor(0), arguments.Output<float>(0), arguments.Workers);
    }

    private sealed class RoundKernel : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            if (arguments.OutputTensor(0) is Tensor<Half> half)
            {
                HalfPrecision.Round(arguments.Input<float>(0), half.Span, arguments.Workers);
            }
            else
            {
                HalfPrecision.Round(arguments.Input<float>(0), arguments.Output<BFloat16>(0), arguments.Workers);
            }
        }
    }
}
