using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = Σ x² over axes; integers wrap around.</summary>
internal static class ReduceSumSquareOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.ReduceSumSquare op, NodeContext node) =>
        node.InputType(0) is ElementType.Float32 or ElementType.Float64 or ElementType.Float16
            ? RealReduceKernel.Create<Real>(op, node)
            : ReduceKernel.Create<Whole>(op, node);

    private readonly struct Real : IRealReducer
    {
        public static double Identity => 0;

        public static double Map(double x) => x * x;
    }

    private readonly struct Whole : IReducer
    {
        public static bool IsMean => false;

        public static bool IsSum => false;

        public static T Identity<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => T.Zero;

        public static T Map<T>(T x)
            where T : unmanaged, INumber<T> => x * x;

        public static T Combine<T>(T result, T x)
            where T : unmanaged, INumber<T> => result + x;
    }
}
