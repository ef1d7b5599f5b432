namespace Toolkit.Numerics.Kernels;

/// <summary>Windows over the planes of [N, C, H, W]: every plane [H, W] is pooled alone.</summary>
/// <param name="Planes">The number of planes, N · C.</param>
/// <param name="Vertical">The axis H.</param>
/// <param name="Horizontal">The axis W, whose elements are neighbours in memory.</param>
public readonly record struct PoolingGeometry(int Planes, PoolingAxis Vertical, PoolingAxis Horizontal)
{
    /// <summary>Elements of an input plane.</summary>
    public int PlaneLength => Vertical.Size * Horizontal.Size;

    /// <summary>Elements of an output plane.</summary>
    public int OutputPlaneLength => Vertical.OutputSize * Horizontal.OutputSize;

    /// <summary>Elements of the input.</summary>
    public int InputLength => Planes * PlaneLength;

    /// <summary>Elements of the output.</summary>
    public int OutputLength => Planes * OutputPlaneLength;

    /// <summary>Throws unless the numbers make sense.</summary>
    /// <exception cref="ArgumentException">A size, kernel, stride or dilation is below 1, a pad is negative or a whole window, or no window fits.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Planes);
        Vertical.Validate("vertical");
        Horizontal.Validate("horizontal");
    }
}
