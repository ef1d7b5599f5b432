namespace Toolkit.Numerics.Kernels;

/// <summary>
/// A constant right-hand matrix, laid out as the GEMM kernel of one <see cref="KernelSet"/> reads it: panels as wide as a
/// register tile one after another, each k rows of its width, the last one filled up with zeros to a whole vector.
/// </summary>
public sealed class PackedMatrix
{
    internal PackedMatrix(int n, int k, GemmKernel<float> kernel, float[] panels) =>
        (Columns, Rows, Kernel, Panels) = (n, k, kernel, panels);

    /// <summary>n, the columns of the product.</summary>
    public int Columns { get; }

    /// <summary>k, the contracted size.</summary>
    public int Rows { get; }

    /// <summary>The kernel whose layout this is.</summary>
    internal GemmKernel<float> Kernel { get; }

    /// <summary>The panels.</summary>
    internal float[] Panels { get; }
}
