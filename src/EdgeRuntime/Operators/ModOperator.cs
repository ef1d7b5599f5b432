using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>C = the remainder of A / B, broadcast: with the sign of A (fmod), or of B.</summary>
internal static class ModOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Mod op, NodeContext node) =>
        TypeDispatch.Computed(node.InputType(0), new Factory(op.Fmod, node)) ?? throw node.UnsupportedType(0);

    private readonly struct Factory(bool fmod, NodeContext node) : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => fmod ? new Kernel<SignOfDividend<T>, T>(node) : new Kernel<SignOfDivisor<T>, T>(node);
    }

    private readonly struct SignOfDividend<T> : IBroadcastBody<T, T, T>
        where T : unmanaged, INumber<T>
    {
        // The least integer modulo -1 traps.
        public static T Invoke(T x, T y) => T.IsNegative(y) && y == T.Zero - T.One && T.IsInteger(x) ? T.Zero : x % y;
    }

    private readonly struct SignOfDivisor<T> : IBroadcastBody<T, T, T>
        where T : unmanaged, INumber<T>
    {
        public static T Invoke(T x, T y)
        {
            T remainder = SignOfDividend<T>.Invoke(x, y);
            return remainder != T.Zero && T.IsNegative(remainder) != T.IsNegative(y) ? remainder + y : remainder;
        }
    }

    private sealed class Kernel<TBody, T>(NodeContext node) : OperatorKernel
        where TBody : IBroadcastBody<T, T, T>
        where T : unmanaged, INumber<T>
    {
        public override bool CanOverwrite(int input) => true;

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> divisor = arguments.Input<T>(1);
            bool isReal = typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(Half);
            if (!isReal && arguments.OutputTensor(0).Length > 0 && divisor.Contains(T.Zero))
            {
                throw node.BadValue("expected divisors other than 0, got 0 in B.");
            }

            BroadcastLoop.Run<TBody, T, T, T>(arguments.Input<T>(0), arguments.InputShape(0), divisor, arguments.InputShape(1), arguments.Output<T>(0), arguments.OutputShape(0));
        }
    }
}
