using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = Σ x over axes; 0 of nothing.</summary>
internal static class ReduceSumOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.ReduceSum op, NodeContext node) => node.InputType(0) == ElementType.Float16
        ? RealReduceKernel.Create<Real>(op, node)
        : ReduceKernel.Create<Reducer>(op, node);

    // Sums in float16 would lose their last elements.
    private readonly struct Real : IRealReducer
    {
        public static double Identity => 0;

        public static double Map(double x) => x;
    }

    private readonly struct Reducer : IReducer
    {
        public static bool IsMean => false;

        public static bool IsSum => true;

        public static T Identity<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => T.Zero;

        public static T Combine<T>(T result, T x)
            where T : unmanaged, INumber<T> => result + x;
    }
}
