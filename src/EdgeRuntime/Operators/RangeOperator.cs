using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = start, start + delta, …; real numbers are computed in float64 and rounded once.</summary>
internal static class RangeOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Range op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new RealKernel<float>(),
        ElementType.Float64 => new RealKernel<double>(),
        ElementType.Float16 => new RealKernel<Half>(),
        ElementType.BFloat16 => new BFloat16Kernel(),
        var type => TypeDispatch.Integer(type, default(Factory)) ?? throw node.UnsupportedType(0),
    };

    private readonly struct Factory : IIntegerFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => new IntegerKernel<T>();
    }

    private sealed class RealKernel<T> : OperatorKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            double start = double.CreateTruncating(arguments.Input<T>(0)[0]);
            double delta = double.CreateTruncating(arguments.Input<T>(2)[0]);
            Span<T> y = arguments.Output<T>(0);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = T.CreateTruncating(start + (i * delta));
            }
        }
    }

    private sealed class BFloat16Kernel : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            float start = (float)arguments.Input<BFloat16>(0)[0];
            float delta = (float)arguments.Input<BFloat16>(2)[0];
            Span<BFloat16> y = arguments.Output<BFloat16>(0);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = (BFloat16)(start + (i * delta));
            }
        }
    }

    private sealed class IntegerKernel<T> : OperatorKernel
        where T : unmanaged, IBinaryInteger<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            T value = arguments.Input<T>(0)[0];
            T delta = arguments.Input<T>(2)[0];
            foreach (ref T y in arguments.Output<T>(0))
            {
                y = value;
                value += delta;
            }
        }
    }
}
