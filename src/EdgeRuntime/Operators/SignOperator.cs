using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = -1, 0 or 1, as x is below, at or above 0; a NaN passes.</summary>
internal static class SignOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Sign op, NodeContext node) => NumberUnaryKernel.Create<Function>(node);

    private readonly struct Function : INumberFunction
    {
        public static T Invoke<T>(T x)
            where T : unmanaged, INumber<T> => x > T.Zero ? T.One : x < T.Zero ? T.Zero - T.One : x == T.Zero ? T.Zero : x;
    }
}
