using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>C = A / B, broadcast; integers truncate towards zero.</summary>
internal static class DivOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Div op, NodeContext node) =>
        node.InputType(0) is ElementType.Float32 or ElementType.Float64 or ElementType.Float16
            ? ArithmeticKernel.Create<Numerics.Kernels.Divide, Scalar>(node)
            : TypeDispatch.Computed(node.InputType(0), new Factory(node)) ?? throw node.UnsupportedType(0);

    private readonly struct Scalar : IArithmetic
    {
        // The least integer divided by -1 is out of range and traps; negation wraps around instead.
        public static T Invoke<T>(T x, T y)
            where T : unmanaged, INumber<T> => y == T.Zero - T.One && T.IsNegative(y) ? T.Zero - x : x / y;
    }

    private readonly struct Factory(NodeContext node) : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new IntegerKernel<T>(node);
    }

    private sealed class IntegerKernel<T>(NodeContext node) : OperatorKernel
        where T : unmanaged, INumber<T>
    {
        public override bool CanOverwrite(int input) => true;

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> divisor = arguments.Input<T>(1);
            if (arguments.OutputTensor(0).Length > 0 && divisor.Contains(T.Zero))
            {
                throw node.BadValue("expected divisors other than 0, got 0 in B.");
            }

            BroadcastLoop.Run<Body, T, T, T>(arguments.Input<T>(0), arguments.InputShape(0), divisor, arguments.InputShape(1), arguments.Output<T>(0), arguments.OutputShape(0));
        }

        private readonly struct Body : IBroadcastBody<T, T, T>
        {
            public static T Invoke(T x, T y) => Scalar.Invoke(x, y);
        }
    }
}
