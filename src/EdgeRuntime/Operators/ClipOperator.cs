using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = min(max(x, low), high); a bound that is omitted does not bind. A NaN passes.</summary>
internal static class ClipOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Clip op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new VectorKernel<float>(),
        ElementType.Float64 => new VectorKernel<double>(),
        var type => TypeDispatch.Computed(type, default(Factory)) ?? throw node.UnsupportedType(0),
    };

    private static T Bound<T>(in KernelArguments arguments, int input, T absent) => arguments.HasInput(input) ? arguments.Input<T>(input)[0] : absent;

    private readonly struct Factory : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new ScalarKernel<T>();
    }

    private sealed class VectorKernel<T> : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override bool CanOverwrite(int input) => input == 0;

        public override void Run(in KernelArguments arguments)
        {
            double low = double.CreateTruncating(Bound(arguments, 1, T.NegativeInfinity));
            double high = double.CreateTruncating(Bound(arguments, 2, T.PositiveInfinity));
            ElementWise.Unary(new Clamp(low, high), arguments.Input<T>(0), arguments.Output<T>(0), arguments.Workers);
        }
    }

    private sealed class ScalarKernel<T> : OperatorKernel
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        public override bool CanOverwrite(int input) => input == 0;

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            bool hasLow = arguments.HasInput(1);
            bool hasHigh = arguments.HasInput(2);
            T low = Bound(arguments, 1, T.MinValue);
            T high = Bound(arguments, 2, T.MaxValue);
            for (int i = 0; i < y.Length; i++)
            {
                T value = hasLow && x[i] < low ? low : x[i];
                y[i] = hasHigh && value > high ? high : value;
            }
        }
    }
}
