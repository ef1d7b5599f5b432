using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Element-wise functions that integers have too, one element at a time.</summary>
internal static class NumberUnaryKernel
{
    /// <summary>The kernel for the node's element type.</summary>
    public static OperatorKernel Create<TFunction>(NodeContext node)
        where TFunction : INumberFunction =>
        TypeDispatch.Computed(node.InputType(0), new Factory<TFunction>()) ?? throw node.UnsupportedType(0);

    private readonly struct Factory<TFunction> : INumberFactory
        where TFunction : INumberFunction
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Kernel<TFunction, T>();
    }

    private sealed class Kernel<TFunction, T> : OperatorKernel
        where TFunction : INumberFunction
        where T : unmanaged, INumber<T>
    {
        public override bool CanOverwrite(int input) => true;

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = TFunction.Invoke(x[i]);
            }
        }
    }
}
