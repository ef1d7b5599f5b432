namespace Toolkit.Numerics.Kernels;

/// <summary>
/// A constant right-hand matrix, laid out as the GEMM kernel of one <see cref="KernelSet"/> reads it: panels as wide as a
/// register tile one after another, each k rows of its width, the last one filled up with zeros to a whole vector.
/// </summary>
public sealed unsafe class PackedMatrix
{
    private const int Alignment = 64;

    private readonly float[] _memory;

    internal PackedMatrix(int n, int k, GemmKernel<float> kernel)
    {
        (Columns, Rows, Kernel) = (n, k, kernel);
        int count = checked((GemmPanels.Create(kernel, n).PaddedColumns * k) + (Alignment / sizeof(float)));

        // Pinned for good: the alignment holds, and products need not pin it.
        _memory = GC.AllocateUninitializedArray<float>(count, pinned: true);
        fixed (float* start = _memory)
        {
            Panels = (float*)(((nuint)start + Alignment - 1) & ~(nuint)(Alignment - 1));
        }
    }

    /// <summary>n, the columns of the product.</summary>
    public int Columns { get; }

    /// <summary>k, the contracted size.</summary>
    public int Rows { get; }

    /// <summary>The kernel whose layout this is.</summary>
    internal GemmKernel<float> Kernel { get; }

    /// <summary>The panels, as long as this object lives; 64-byte aligned.</summary>
    internal float* Panels { get; }
}
