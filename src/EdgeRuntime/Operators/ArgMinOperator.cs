using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = the index of the least element along an axis, int64.</summary>
internal static class ArgMinOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.ArgMin op, NodeContext node) => ArgKernel.Create<MoreExtreme>(op, node);

    private readonly struct MoreExtreme : IComparison
    {
        public static bool Invoke<T>(T x, T y)
            where T : unmanaged, INumber<T> => x < y;
    }
}
