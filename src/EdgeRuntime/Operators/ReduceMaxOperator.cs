using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = max x over axes; NaN where any is NaN; the least value of the type of nothing.</summary>
internal static class ReduceMaxOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.ReduceMax op, NodeContext node) => node.InputType(0) == ElementType.Bool
        ? ReduceKernel.CreateBool<Reducer>(op, node, identity: false)
        : ReduceKernel.Create<Reducer>(op, node);

    private readonly struct Reducer : IReducer
    {
        public static bool IsMean => false;

        public static bool IsSum => false;

        public static T Identity<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => Extremes.Least<T>();

        public static T Combine<T>(T result, T x)
            where T : unmanaged, INumber<T> => T.Max(result, x);
    }
}
