using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Pooling of the planes of [N, C, H, W] in float32 and float64. Planes are split over the workers; what one plane gives depends
/// neither on them nor on the instruction set.
/// </summary>
public static unsafe class Pooling
{
    // Elements read by a part below which a sleeping worker would wake too late to help.
    private const int Grain = 32768;

    /// <summary>
    /// y = the greatest element of each window, the first of equals in row-major order. Of a window with a NaN the result is
    /// unspecified, but the same everywhere.
    /// </summary>
    /// <param name="x">The input, [planes, H, W].</param>
    /// <param name="y">The output, [planes, OH, OW].</param>
    /// <param name="indices">Where each greatest element lies in its plane, h · W + w, [planes, OH, OW]; empty if nobody wants to know.</param>
    /// <param name="geometry">The windows.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">A length is not the geometry's, or the geometry makes no sense.</exception>
    public static void MaxForward<T>(ReadOnlySpan<T> x, Span<T> y, Span<int> indices, in PoolingGeometry geometry, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Validate(x.Length, y.Length, geometry);
        if (indices.Length > 0)
        {
            Check.Length(indices.Length, geometry.OutputLength);
        }

        fixed (T* px = x, py = y)
        {
            fixed (int* pi = indices)
            {
                var body = new MaxPoolBody(px, py, pi, geometry);
                LaneTraversal.Run<MaxPoolBody, T>(ref body, geometry.Planes, GrainOf(geometry), 1, workers);
            }
        }
    }

    /// <summary>
    /// dx[the greatest element of a window] = the sum of dy over the windows in which it is that, 0 elsewhere; added to dx when
    /// accumulating. The greatest elements are found in x again.
    /// </summary>
    /// <param name="x">The input, as in forward.</param>
    /// <param name="dy">The gradient by the output.</param>
    /// <param name="dx">The gradient by the input.</param>
    /// <param name="geometry">The windows.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="accumulate">Whether to add to dx.</param>
    /// <param name="ofRelu">Whether x = max(0, z), and dx shall be the gradient by z: 0 where x is not above 0.</param>
    /// <exception cref="ArgumentException">A length is not the geometry's, or the geometry makes no sense.</exception>
    public static void MaxBackward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, in PoolingGeometry geometry, WorkerPool workers, bool accumulate = false, bool ofRelu = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Validate(x.Length, dy.Length, geometry);
        Check.Length(dx.Length, x.Length);
        fixed (T* px = x, pdy = dy, pdx = dx)
        {
            int grain = GrainOf(geometry);
            if (ofRelu)
            {
                var body = new MaxPoolBackwardBody<Relu>(default, px, pdy, pdx, geometry, accumulate);
                LaneTraversal.Run<MaxPoolBackwardBody<Relu>, T>(ref body, geometry.Planes, grain, 1, workers);
            }
            else
            {
                var body = new MaxPoolBackwardBody<NoOperation>(default, px, pdy, pdx, geometry, accumulate);
                LaneTraversal.Run<MaxPoolBackwardBody<NoOperation>, T>(ref body, geometry.Planes, grain, 1, workers);
            }
        }
    }

    /// <summary>
    /// y = the mean of each window: of its elements inside the plane, or, when <paramref name="countIncludePad"/>, of the padding's
    /// zeros too.
    /// </summary>
    /// <exception cref="ArgumentException">A length is not the geometry's, or the geometry makes no sense.</exception>
    public static void AverageForward<T>(ReadOnlySpan<T> x, Span<T> y, in PoolingGeometry geometry, bool countIncludePad, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Validate(x.Length, y.Length, geometry);
        fixed (T* px = x, py = y)
        {
            var body = new AveragePoolBody(px, py, geometry, countIncludePad);
            LaneTraversal.Run<AveragePoolBody, T>(ref body, geometry.Planes, GrainOf(geometry), 1, workers);
        }
    }

    /// <summary>dx = the sum over the windows that an element lies in of dy / the window's count; added to dx when accumulating.</summary>
    /// <exception cref="ArgumentException">A length is not the geometry's, or the geometry makes no sense.</exception>
    public static void AverageBackward<T>(ReadOnlySpan<T> dy, Span<T> dx, in PoolingGeometry geometry, bool countIncludePad, WorkerPool workers, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Validate(dx.Length, dy.Length, geometry);
        fixed (T* pdy = dy, pdx = dx)
        {
            var body = new AveragePoolBackwardBody(pdy, pdx, geometry, countIncludePad, accumulate);
            LaneTraversal.Run<AveragePoolBackwardBody, T>(ref body, geometry.Planes, GrainOf(geometry), 1, workers);
        }
    }

    /// <summary>y[p] = the mean of the <paramref name="planeLength"/> elements of plane p.</summary>
    /// <exception cref="ArgumentException">A length is not planes · planeLength, or planes; or planeLength is 0.</exception>
    public static void GlobalAverage<T>(ReadOnlySpan<T> x, Span<T> y, int planes, int planeLength, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ValidateGlobal(x.Length, y.Length, planes, planeLength);
        fixed (T* px = x, py = y)
        {
            var body = new GlobalAverageBody(px, py, planeLength);
            LaneTraversal.Run<GlobalAverageBody, T>(ref body, planes, Grain / planeLength, 1, workers);
        }
    }

    /// <summary>dx[p, i] = dy[p] / planeLength; added to dx when accumulating.</summary>
    /// <exception cref="ArgumentException">A length is not planes · planeLength, or planes; or planeLength is 0.</exception>
    public static void GlobalAverageBackward<T>(ReadOnlySpan<T> dy, Span<T> dx, int planes, int planeLength, WorkerPool workers, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ValidateGlobal(dx.Length, dy.Length, planes, planeLength);
        fixed (T* pdy = dy, pdx = dx)
        {
            var body = new GlobalAverageBackwardBody(pdy, pdx, planeLength, accumulate);
            LaneTraversal.Run<GlobalAverageBackwardBody, T>(ref body, planes, Grain / planeLength, 1, workers);
        }
    }

    /// <summary>
    /// y[p] = the greatest element of plane p. Of a plane with a NaN the result is unspecified, but the same everywhere.
    /// </summary>
    /// <param name="x">The input, [planes, planeLength].</param>
    /// <param name="y">The output, [planes].</param>
    /// <param name="indices">Where each greatest element lies in its plane, the first of equals; empty if nobody wants to know.</param>
    /// <param name="planes">The number of planes, N · C.</param>
    /// <param name="planeLength">Elements of a plane, H · W.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">A length is not planes · planeLength, or planes; or planeLength is 0.</exception>
    public static void GlobalMax<T>(ReadOnlySpan<T> x, Span<T> y, Span<int> indices, int planes, int planeLength, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ValidateGlobal(x.Length, y.Length, planes, planeLength);
        MaxForward(x, y, indices, GlobalGeometry(planes, planeLength), workers);
    }

    /// <summary>dx[p, i] = dy[p] at the greatest element of plane p, 0 elsewhere; added to dx when accumulating.</summary>
    /// <exception cref="ArgumentException">A length is not planes · planeLength, or planes; or planeLength is 0.</exception>
    public static void GlobalMaxBackward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, int planes, int planeLength, WorkerPool workers, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ValidateGlobal(x.Length, dy.Length, planes, planeLength);
        MaxBackward(x, dy, dx, GlobalGeometry(planes, planeLength), workers, accumulate);
    }

    private static PoolingGeometry GlobalGeometry(int planes, int planeLength) =>
        new(planes, PoolingAxis.One, new PoolingAxis(planeLength, planeLength, 1));

    private static int GrainOf(in PoolingGeometry geometry) =>
        Grain / Math.Max(geometry.PlaneLength, geometry.OutputPlaneLength * geometry.Vertical.Kernel * geometry.Horizontal.Kernel);

    private static void Validate(int inputLength, int outputLength, in PoolingGeometry geometry)
    {
        geometry.Validate();
        Check.Length(inputLength, geometry.InputLength, "input");
        Check.Length(outputLength, geometry.OutputLength, "output");
    }

    private static void ValidateGlobal(int inputLength, int outputLength, int planes, int planeLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(planeLength, 1);
        Check.Matrix(inputLength, planes, planeLength, "input");
        Check.Length(outputLength, planes, "output");
    }
}
