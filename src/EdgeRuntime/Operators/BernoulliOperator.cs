using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = 1 where a uniform number in [0, 1) is below x, else 0.</summary>
internal static class BernoulliOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Bernoulli op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => Create<float>(op, node),
        ElementType.Float64 => Create<double>(op, node),
        _ => throw node.UnsupportedType(0),
    };

    private static OperatorKernel Create<TX>(Onnx.Operators.Bernoulli op, NodeContext node)
        where TX : unmanaged, INumber<TX> => node.OutputType(0) == ElementType.Bool
        ? new Kernel<TX, bool>(true, op.Seed)
        : TypeDispatch.Computed(node.OutputType(0), new Factory<TX>(op.Seed)) ?? throw node.UnsupportedType(node.OutputType(0), "output 0");

    private readonly struct Factory<TX>(float? seed) : INumberFactory
        where TX : unmanaged, INumber<TX>
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Kernel<TX, T>(T.One, seed);
    }

    private sealed class Kernel<TX, TY>(TY one, float? seed) : RandomKernel(seed)
        where TX : unmanaged, INumber<TX>
        where TY : unmanaged
    {
        protected override void Draw(CounterRandom random, in KernelArguments arguments)
        {
            ReadOnlySpan<TX> x = arguments.Input<TX>(0);
            Span<TY> y = arguments.Output<TY>(0);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = random.NextDouble() < double.CreateTruncating(x[i]) ? one : default;
            }
        }
    }
}
