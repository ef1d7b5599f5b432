using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>Runs an <see cref="ILaneBody"/> with the lanes of the current instruction set, split over workers.</summary>
internal static class LaneTraversal
{
    /// <summary>Runs the body over [0, length).</summary>
    public static void Run<TBody, T>(ref TBody body, int length)
        where TBody : struct, ILaneBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            body.Invoke<F32x1, float>(0, length);
        }
        else if (typeof(T) == typeof(double))
        {
            body.Invoke<F64x1, double>(0, length);
        }
        else
        {
            throw new NotSupportedException($"Kernels: expected elements of float or double, got {typeof(T).Name}.");
        }
    }
}
