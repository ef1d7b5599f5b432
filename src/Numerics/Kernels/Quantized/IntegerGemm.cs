using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Products of matrices of 8-bit integers: C[m,n] = Σ (A[m,k] - za)(B[k,n] - zb), in int32. Exact while the sum is within 32 bits, which a depth of 33,025 or less
/// (2³¹ / 255²) guarantees for any elements; beyond, modulo 2³². The result does not depend on the kernel set or the number of threads.
/// </summary>
public static unsafe class IntegerGemm
{
    // Packed bytes of the left factor at a time.
    private const int MaxLeftBytes = 1 << 22;

    /// <summary>Packs a constant right factor B [k, n], row-major.</summary>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public static PackedIntegerMatrix Pack(int k, int n, ReadOnlySpan<byte> b, bool isSigned) => new(IntegerKernel.Current, k, n, b, isSigned);

    /// <summary>C = (A - za)(B - zb).</summary>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">The depth.</param>
    /// <param name="a">A [m, k].</param>
    /// <param name="b">B [k, n]; its zero points only, where it is packed.</param>
    /// <param name="packed">B packed, or null.</param>
    /// <param name="c">C [m, n].</param>
    /// <param name="workers">The threads to use.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void Multiply(int m, int n, int k, in IntegerFactor a, in IntegerFactor b, PackedIntegerMatrix? packed, Span<int> c, WorkerPool workers)
    {
        Check.Matrix(c.Length, m, n);
        fixed (int* sums = c)
        {
            var epilogue = new IntegerEpilogue { Sums = sums, Stride = n };
            Multiply(packed?.Kernel ?? IntegerKernel.Current, m, n, k, a, b, packed, ref epilogue, default, workers);
        }
    }

    /// <summary>Y = quantized (A - za)(B - zb).</summary>
    /// <param name="m">Rows of A and Y.</param>
    /// <param name="n">Columns of B and Y.</param>
    /// <param name="k">The depth.</param>
    /// <param name="a">A [m, k].</param>
    /// <param name="b">B [k, n]; its zero points only, where it is packed.</param>
    /// <param name="packed">B packed, or null.</param>
    /// <param name="requantization">How sums become bytes.</param>
    /// <param name="y">Y [m, n].</param>
    /// <param name="workers">The threads to use.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public static void Multiply(int m, int n, int k, in IntegerFactor a, in IntegerFactor b, PackedIntegerMatrix? packed, in Requantization requantization, Span<byte> y, WorkerPool workers)
    {
        Check.Matrix(y.Length, m, n);
        fixed (byte* bytes = y)
        {
            var epilogue = new IntegerEpilogue { Bytes = bytes, Stride = n, ZeroPoint = requantization.ZeroPoint, IsSigned = requantization.IsSigned };
            Multiply(packed?.Kernel ?? IntegerKernel.Current, m, n, k, a, b, packed, ref epilogue, requantization, workers);
        }
    }

    /// <summary>The product by a kernel.</summary>
    internal static void Multiply(
        IntegerKernel kernel, int m, int n, int k, in IntegerFactor a, in IntegerFactor b, PackedIntegerMatrix? packed, ref IntegerEpilogue epilogue, in Requantization requantization, WorkerPool workers)
    {
        Check.Matrix(a.Elements.Length, m, k);
        CheckParameters(a.ZeroPoints.Length, m, nameof(a));
        CheckParameters(b.ZeroPoints.Length, n, nameof(b));
        if (packed is null)
        {
            Check.Matrix(b.Elements.Length, k, n);
        }
        else if (packed.Rows != k || packed.Columns != n)
        {
            throw new ArgumentException($"expected a packed matrix [{k},{n}], got [{packed.Rows},{packed.Columns}]; pack the matrix that the product takes.", nameof(packed));
        }

        if (m == 0 || n == 0)
        {
            return;
        }

        bool isRightSigned = packed?.IsSigned ?? b.IsSigned;
        bool canRead = kernel.GroupDepth == 4 && k % 4 == 0 && k > 0 && kernel.LeftShift(a.IsSigned) == 0;
        nint rowBytes = kernel.RowBytes(k);
        int blockRows = canRead ? m : (int)Math.Clamp(MaxLeftBytes / Math.Max(rowBytes, 1) / IntegerKernel.TileRows * IntegerKernel.TileRows, IntegerKernel.TileRows, Math.Max(m, IntegerKernel.TileRows));
        int padded = Padded(n);
        long leftBytes = canRead ? 0 : Round(rowBytes * Math.Min(blockRows, m));
        long panelBytes = packed is null ? Round((long)kernel.PanelBytes(k) * kernel.Panels(n)) : 0;
        long total = leftBytes + panelBytes + ((((long)padded * 4) + ((long)m * 3)) * sizeof(int));
        WorkLimits.RequireScratch(total);
        byte* memory = ThreadScratch.Rent<byte>(checked((int)total));
        byte* left = memory;
        byte* panels = packed is null ? left + leftBytes : packed.Panels;
        int* terms = (int*)(left + leftBytes + panelBytes);
        fixed (byte* source = a.Elements)
        fixed (byte* other = b.Elements)
        fixed (int* packedSums = packed?.ColumnSums)
        fixed (float* leftScales = requantization.LeftScales)
        {
            bool hasLeftZeros = HasNonZero(a.ZeroPoints, kernel.LeftShift(a.IsSigned));
            int* columnSums = packed is null ? terms : packedSums;
            if (packed is null)
            {
                PackRight(kernel, other, k, n, b.IsSigned, panels, hasLeftZeros ? columnSums : null);
            }

            SetTerms(kernel, m, n, k, a, b, isRightSigned, source, columnSums, hasLeftZeros, terms + padded, ref epilogue);
            if (epilogue.Bytes is not null)
            {
                SetMultipliers(m, n, requantization, leftScales, (float*)(terms + (3 * padded)), ref epilogue);
            }

            for (int row = 0; row < m; row += blockRows)
            {
                int rows = Math.Min(blockRows, m - row);
                if (!canRead)
                {
                    var packing = new PackBody { Kernel = kernel, Source = source + ((nint)row * k), Depth = k, Rows = rows, IsSigned = a.IsSigned, Destination = left };
                    workers.Run(ref packing, (long)rows * k < 1 << 15 ? 1 : workers.ThreadCount);
                }

                var body = new IntegerGemmBody(kernel, canRead ? source : left, rowBytes, panels, k, row, rows, n, workers.ThreadCount, epilogue);
                workers.Run(ref body, body.Parts);
            }
        }
    }

    /// <summary>Columns up to which arrays of columns are readable.</summary>
    internal static int Padded(int columns) => checked((columns + IntegerKernel.MaxTileColumns - 1) / IntegerKernel.MaxTileColumns * IntegerKernel.MaxTileColumns);

    /// <summary>Packs a right factor whole.</summary>
    /// <param name="kernel">Whose form.</param>
    /// <param name="source">The elements [depth, columns].</param>
    /// <param name="depth">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="isSigned">Whether the elements are signed.</param>
    /// <param name="panels">Memory for the panels.</param>
    /// <param name="sums">Memory for the sums of the columns as they are packed, or null.</param>
    internal static void PackRight(IntegerKernel kernel, byte* source, int depth, int columns, bool isSigned, byte* panels, int* sums)
    {
        for (int column = 0; column < columns; column += kernel.TileColumns)
        {
            IntegerPacking.PackPanel(kernel, source + column, columns, depth, Math.Min(kernel.TileColumns, columns - column), isSigned, panels);
            if (sums is not null)
            {
                SumColumns(kernel, panels, kernel.Groups(depth), sums + column);
            }

            panels += kernel.PanelBytes(depth);
        }
    }

    /// <summary>The sums of a panel's columns: its product with a row of ones, part by part.</summary>
    internal static void SumColumns(IntegerKernel kernel, byte* panel, nint groups, int* sums)
    {
        const int PartGroups = 64;
        uint* ones = stackalloc uint[PartGroups];
        int* part = stackalloc int[IntegerKernel.MaxTileColumns];
        new Span<uint>(ones, PartGroups).Fill(kernel.GroupDepth == 4 ? 0x01010101u : 0x00010001u);
        new Span<int>(sums, kernel.TileColumns).Clear();
        for (nint group = 0; group < groups; group += PartGroups)
        {
            kernel.Compute((byte*)ones, 0, 1, panel + (group * 4 * kernel.TileColumns), Math.Min(PartGroups, groups - group), part);
            for (int column = 0; column < kernel.TileColumns; column++)
            {
                sums[column] += part[column];
            }
        }
    }

    /// <summary>Whether any zero point, as it counts for packed elements, is not 0.</summary>
    internal static bool HasNonZero(ReadOnlySpan<int> zeroPoints, int shift) => zeroPoints.IsEmpty ? shift != 0 : zeroPoints.IndexOfAnyExcept(-shift) >= 0;

    // Σ (a - za)(b - zb) = Σ ab - zb (Σ a - k za) - za Σ b.
    private static void SetTerms(
        IntegerKernel kernel, int m, int n, int k, in IntegerFactor a, in IntegerFactor b, bool isRightSigned, byte* source, int* columnSums, bool hasLeftZeros, int* terms, ref IntegerEpilogue epilogue)
    {
        int padded = Padded(n);
        int leftShift = kernel.LeftShift(a.IsSigned);
        int rightShift = kernel.RightShift(isRightSigned);
        int* rows = terms + (3 * padded);
        int first = Zero(a.ZeroPoints, 0) + leftShift;
        if (hasLeftZeros && a.ZeroPoints.Length > 1)
        {
            epilogue.RowZeros = rows;
            epilogue.ColumnSums = columnSums;
            for (int i = 0; i < m; i++)
            {
                rows[i] = a.ZeroPoints[i] + leftShift;
            }
        }
        else if (hasLeftZeros)
        {
            epilogue.ColumnTerms = terms;
            for (int j = 0; j < n; j++)
            {
                terms[j] = -first * columnSums[j];
            }
        }

        if (HasNonZero(b.ZeroPoints, rightShift))
        {
            epilogue.RowFactors = rows + m;
            epilogue.ColumnFactors = terms + padded;
            for (int j = 0; j < n; j++)
            {
                terms[padded + j] = Zero(b.ZeroPoints, j) + rightShift;
            }

            for (int i = 0; i < m; i++)
            {
                rows[m + i] = IntegerPacking.SumOfRow(kernel, source + ((nint)i * k), k, a.IsSigned) - (k * (Zero(a.ZeroPoints, i) + leftShift));
            }
        }
    }

    private static void SetMultipliers(int m, int n, in Requantization requantization, float* leftScales, float* columns, ref IntegerEpilogue epilogue)
    {
        CheckScales(requantization.LeftScales.Length, m, nameof(requantization));
        CheckScales(requantization.RightScales.Length, n, nameof(requantization));
        bool isUniform = requantization.LeftScales.Length == 1;
        for (int j = 0; j < n; j++)
        {
            float right = requantization.RightScales[requantization.RightScales.Length == 1 ? 0 : j];
            columns[j] = isUniform ? requantization.LeftScales[0] * right / requantization.Scale : right;
        }

        if (isUniform)
        {
            epilogue.ColumnMultipliers = columns;
        }
        else
        {
            epilogue.RowMultipliers = leftScales;
            epilogue.ColumnScales = columns;
            epilogue.Scale = requantization.Scale;
        }
    }

    private static int Zero(ReadOnlySpan<int> zeroPoints, int index) => zeroPoints.IsEmpty ? 0 : zeroPoints[zeroPoints.Length == 1 ? 0 : index];

    private static long Round(long bytes) => (bytes + 63) & ~63L;

    private static void CheckParameters(int length, int size, string name)
    {
        if (length > 1 && length != size)
        {
            throw new ArgumentException($"expected no zero point, one, or {size}, got {length}; give one for all or one for each row or column.", name);
        }
    }

    private static void CheckScales(int length, int size, string name)
    {
        if (length != 1 && length != size)
        {
            throw new ArgumentException($"expected one scale or {size}, got {length}; give one for all or one for each row or column.", name);
        }
    }

    private struct PackBody : IParallelBody
    {
        public IntegerKernel Kernel;
        public byte* Source;
        public int Depth;
        public int Rows;
        public bool IsSigned;
        public byte* Destination;

        public readonly void Invoke(int part, int partCount)
        {
            nint rowBytes = Kernel.RowBytes(Depth);
            int end = (int)((long)Rows * (part + 1) / partCount);
            for (int row = (int)((long)Rows * part / partCount); row < end; row++)
            {
                IntegerPacking.PackRow(Kernel, Source + ((nint)row * Depth), Depth, IsSigned, Destination + (row * rowBytes));
            }
        }
    }
}
