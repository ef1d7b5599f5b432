using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = Σ x / n over axes.</summary>
internal static class ReduceMeanOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.ReduceMean op, NodeContext node) => ReduceKernel.Create<Reducer>(op, node);

    private readonly struct Reducer : IReducer
    {
        public static bool IsMean => true;

        public static bool IsSum => true;

        public static T Identity<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => T.Zero;

        public static T Combine<T>(T result, T x)
            where T : unmanaged, INumber<T> => result + x;
    }
}
