using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Binary vector operations where the operands may or may not have one shape.</summary>
internal static class VectorBroadcast
{
    /// <summary>z = f(x, y) with both operands broadcast to z's shape.</summary>
    public static void Run<TOperation, T>(ReadOnlySpan<T> x, Shape xShape, ReadOnlySpan<T> y, Shape yShape, Span<T> z, Shape zShape, WorkerPool workers, TOperation operation = default)
        where TOperation : struct, IBinaryOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.Length == z.Length && y.Length == z.Length)
        {
            ElementWise.Binary(operation, x, y, z, workers);
        }
        else if (z.Length > 0)
        {
            ElementWise.BinaryBroadcast(operation, x, xShape, y, yShape, z, zShape, workers);
        }
    }
}
