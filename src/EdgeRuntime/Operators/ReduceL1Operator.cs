using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = Σ |x| over axes; integers wrap around.</summary>
internal static class ReduceL1Operator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.ReduceL1 op, NodeContext node) =>
        node.InputType(0) is ElementType.Float32 or ElementType.Float64 or ElementType.Float16
            ? RealReduceKernel.Create<Real>(op, node)
            : ReduceKernel.Create<Whole>(op, node);

    private readonly struct Real : IRealReducer
    {
        public static double Identity => 0;

        public static double Map(double x) => Math.Abs(x);
    }

    private readonly struct Whole : IReducer
    {
        public static bool IsMean => false;

        public static bool IsSum => false;

        public static T Identity<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => T.Zero;

        public static T Map<T>(T x)
            where T : unmanaged, INumber<T> => T.IsNegative(x) ? T.Zero - x : x;

        public static T Combine<T>(T result, T x)
            where T : unmanaged, INumber<T> => result + x;
    }
}
