using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = min x over axes; NaN where any is NaN; the greatest value of the type of nothing.</summary>
internal static class ReduceMinOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.ReduceMin op, NodeContext node) => node.InputType(0) == ElementType.Bool
        ? ReduceKernel.CreateBool<Reducer>(op, node, identity: true)
        : ReduceKernel.Create<Reducer>(op, node);

    private readonly struct Reducer : IReducer
    {
        public static bool IsMean => false;

        public static bool IsSum => false;

        public static T Identity<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => Extremes.Greatest<T>();

        public static T Combine<T>(T result, T x)
            where T : unmanaged, INumber<T> => T.Min(result, x);
    }
}
