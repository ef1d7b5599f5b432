using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Comparisons with broadcasting; the result is bool.</summary>
internal static class ComparisonKernel
{
    /// <summary>The kernel for the node's element type.</summary>
    public static OperatorKernel Create<TComparison>(NodeContext node)
        where TComparison : IComparison =>
        TypeDispatch.Computed(node.InputType(0), new Factory<TComparison>()) ?? throw node.UnsupportedType(0);

    private readonly struct Factory<TComparison> : INumberFactory
        where TComparison : IComparison
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Kernel<TComparison, T>();
    }

    private sealed class Kernel<TComparison, T> : OperatorKernel
        where TComparison : IComparison
        where T : unmanaged, INumber<T>
    {
        public override void Run(in KernelArguments arguments) => BroadcastLoop.Run<Body, T, T, bool>(
            arguments.Input<T>(0), arguments.InputShape(0), arguments.Input<T>(1), arguments.InputShape(1), arguments.Output<bool>(0), arguments.OutputShape(0));

        private readonly struct Body : IBroadcastBody<T, T, bool>
        {
            public static bool Invoke(T x, T y) => TComparison.Invoke(x, y);
        }
    }
}
