using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>C = A ≤ B, broadcast.</summary>
internal static class LessOrEqualOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.LessOrEqual op, NodeContext node) => ComparisonKernel.Create<Comparison>(node);

    private readonly struct Comparison : IComparison
    {
        public static bool Invoke<T>(T x, T y)
            where T : unmanaged, INumber<T> => x <= y;
    }
}
