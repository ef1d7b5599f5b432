using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = Π x over axes; integers wrap around.</summary>
internal static class ReduceProdOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.ReduceProd op, NodeContext node) =>
        node.InputType(0) is ElementType.Float32 or ElementType.Float64 or ElementType.Float16
            ? RealReduceKernel.Create<Real>(op, node)
            : ReduceKernel.Create<Whole>(op, node);

    private readonly struct Real : IRealReducer
    {
        public static double Identity => 1;

        public static double Map(double x) => x;

        public static double Combine(double a, double b) => a * b;
    }

    private readonly struct Whole : IReducer
    {
        public static bool IsMean => false;

        public static bool IsSum => false;

        public static T Identity<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => T.One;

        public static T Combine<T>(T result, T x)
            where T : unmanaged, INumber<T> => result * x;
    }
}
