namespace Toolkit.Numerics.Kernels;

/// <summary>A constant right-hand matrix, laid out as the GEMM kernel of one <see cref="KernelSet"/> reads it.</summary>
public sealed class PackedMatrix
{
    internal PackedMatrix(int n, int k) => (Columns, Rows) = (n, k);

    /// <summary>n, the columns of the product.</summary>
    public int Columns { get; }

    /// <summary>k, the contracted size.</summary>
    public int Rows { get; }
}
