namespace Toolkit.Numerics.Kernels;

/// <summary>A right factor [rows, columns] of 8-bit integers in the form that this machine's kernel reads; immutable.</summary>
public sealed unsafe class PackedIntegerMatrix
{
    private const int Alignment = 64;

    private readonly byte[] _memory;

    internal PackedIntegerMatrix(IntegerKernel kernel, int rows, int columns, ReadOnlySpan<byte> elements, bool isSigned)
    {
        Check.Matrix(elements.Length, rows, columns);
        (Kernel, Rows, Columns, IsSigned) = (kernel, rows, columns, isSigned);
        long bytes = kernel.PanelBytes(rows) * kernel.Panels(columns);
        _memory = GC.AllocateUninitializedArray<byte>(checked((int)(bytes + Alignment)), pinned: true);
        ColumnSums = GC.AllocateArray<int>(IntegerGemm.Padded(columns), pinned: true);
        fixed (byte* source = elements)
        fixed (int* sums = ColumnSums)
        {
            IntegerGemm.PackRight(kernel, source, rows, columns, isSigned, Panels, sums);
        }
    }

    /// <summary>The rows: the depth of a product.</summary>
    public int Rows { get; }

    /// <summary>The columns.</summary>
    public int Columns { get; }

    /// <summary>Whether the elements were int8.</summary>
    public bool IsSigned { get; }

    internal IntegerKernel Kernel { get; }

    internal int[] ColumnSums { get; }

    // The memory is pinned, so that the address stays true after the fixed statement.
    internal byte* Panels
    {
        get
        {
            fixed (byte* start = _memory)
            {
                return (byte*)(((nuint)start + Alignment - 1) & ~(nuint)(Alignment - 1));
            }
        }
    }
}
