using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Binary operations on the bits of integers, with broadcasting.</summary>
internal static class BitwiseKernel
{
    /// <summary>The kernel for the node's element type.</summary>
    public static OperatorKernel Create<TBitwise>(NodeContext node)
        where TBitwise : IBitwise =>
        TypeDispatch.Integer(node.InputType(0), default(Factory<TBitwise>)) ?? throw node.UnsupportedType(0);

    private readonly struct Factory<TBitwise> : IIntegerFactory
        where TBitwise : IBitwise
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => new Kernel<TBitwise, T>();
    }

    private sealed class Kernel<TBitwise, T> : OperatorKernel
        where TBitwise : IBitwise
        where T : unmanaged, IBinaryInteger<T>
    {
        public override bool CanOverwrite(int input) => true;

        public override void Run(in KernelArguments arguments) => BroadcastLoop.Run<Body, T, T, T>(
            arguments.Input<T>(0), arguments.InputShape(0), arguments.Input<T>(1), arguments.InputShape(1), arguments.Output<T>(0), arguments.OutputShape(0));

        private readonly struct Body : IBroadcastBody<T, T, T>
        {
            public static T Invoke(T x, T y) => TBitwise.Invoke(x, y);
        }
    }
}
