using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The blocked loops around the register tile. k is cut into blocks of which a panel of B stays in the second-level
/// cache; their number depends on k alone, and each element of C takes its terms in the order of k, so the result does not depend on how C is
/// split over threads. A and, where it pays, B are read where they lie; otherwise B is copied panel by panel.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
internal unsafe struct GemmDriver<T> : IParallelBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The longest block of k, and what of A and of a packed B is kept in the second-level cache beside a panel of B.
    private const int MaximumDepth = 1024;
    private const int BlockBytesOfA = 512 << 10;
    private const int BlockBytesOfPackedB = 192 << 10;
    private const int LeastPanelsPacked = 2;
    private const int RowsPackedAtOnce = 16;

    // A multiple of every kernel's tile rows.
    private const int RowBlockUnit = 48;

    // From this many rows of tiles on, the first copies the panel of B that it reads for the others: together in memory it takes fewer pages, and its lines do
    // not compete for the same places in the caches.
    private const int TilesThatPayCopying = 3;

    // Otherwise B is packed where it does not stay in the last-level cache beside its neighbours, if enough rows of A use the copy.
    private const int RowsThatPayPackingLarge = 64;
    private const long LargestInPlaceBytes = 3 << 20;

    private readonly GemmKernel<T> _kernel;
    private readonly GemmPanels _panels;
    private readonly GemmProblem<T> _problem;
    private readonly bool _packs;
    private readonly bool _copies;
    private readonly GemmSplit _split;

    private GemmDriver(GemmKernel<T> kernel, in GemmProblem<T> problem)
    {
        (_kernel, _problem) = (kernel, problem);
        _panels = GemmPanels.Create(kernel, problem.N);
        bool isLarge = (long)problem.K * problem.N * sizeof(T) > LargestInPlaceBytes;
        _copies = kernel.CopiesB && problem.PackedB is null && problem.BColumnStride == 1 && !isLarge;
        _packs = problem.PackedB is null && !_copies
            && (problem.BColumnStride != 1 || problem.M >= (isLarge ? RowsThatPayPackingLarge : kernel.RowsThatPayPacking));
        _split = new GemmSplit(
            problem.M,
            _panels,
            _panels.PaddedColumns == kernel.VectorWidth ? kernel.NarrowTileRows : kernel.TileRows,
            kernel.VectorWidth,
            _packs);
    }

    /// <summary>Computes the product on the threads of <paramref name="workers"/>.</summary>
    public static void Multiply(GemmKernel<T> kernel, in GemmProblem<T> problem, WorkerPool workers)
    {
        if (problem.M == 0 || problem.N == 0)
        {
            return;
        }

        var driver = new GemmDriver<T>(kernel, in problem);
        workers.Run(ref driver, driver._split.Parts(problem.M * (long)problem.N * Math.Max(problem.K, 1), workers.ThreadCount));
    }

    /// <inheritdoc/>
    public void Invoke(int part, int partCount)
    {
        GemmSplit.Tile from = _split.Boundary(part, partCount);
        GemmSplit.Tile to = _split.Boundary(part + 1, partCount);
        int rows = _split.RowTiles;
        int panels = _panels.Count;
        if (_split.IsByRows)
        {
            // The rest of the row of tiles that the part begins in, whole rows, the beginning of the one that it ends in.
            if (from.Panel > 0 && from.Row < to.Row)
            {
                Compute(from.Row, from.Row + 1, from.Panel, panels);
                from = new(from.Row + 1, 0);
            }

            if (from.Panel == 0)
            {
                Compute(from.Row, to.Row, 0, panels);
            }

            Compute(to.Row, to.Row + 1, from.Row == to.Row ? from.Panel : 0, to.Panel);
        }
        else
        {
            if (from.Row > 0 && from.Panel < to.Panel)
            {
                Compute(from.Row, rows, from.Panel, from.Panel + 1);
                from = new(0, from.Panel + 1);
            }

            if (from.Row == 0)
            {
                Compute(0, rows, from.Panel, to.Panel);
            }

            Compute(from.Panel == to.Panel ? from.Row : 0, to.Row, to.Panel, to.Panel + 1);
        }
    }

    /// <summary>The length of each block of k but the last, and their number.</summary>
    internal static (int Depth, int Count) DepthBlocks(int k)
    {
        int count = Math.Max(1, DivideUp(k, MaximumDepth));
        return (DivideUp(k, count), count);
    }

    private static int DivideUp(int value, int divisor) => (value / divisor) + (value % divisor == 0 ? 0 : 1);

    private readonly void Compute(int tileFrom, int tileTo, int panelFrom, int panelTo)
    {
        int rowFrom = tileFrom * _split.TileRows;
        int rowTo = Math.Min(tileTo * _split.TileRows, _problem.M);
        if (rowFrom >= rowTo || panelFrom >= panelTo)
        {
            return;
        }

        (int blockDepth, int blocks) = DepthBlocks(_problem.K);
        int tileColumns = _kernel.TileVectors * _kernel.VectorWidth;
        int rowBytes = Math.Max(1, blockDepth * sizeof(T));
        int blockRows = Math.Max(1, BlockBytesOfA / rowBytes / RowBlockUnit) * RowBlockUnit;
        bool copies = _copies && tileTo - tileFrom >= TilesThatPayCopying;
        bool holds = _packs || copies;
        int panelsAtOnce = holds ? Math.Max(LeastPanelsPacked, BlockBytesOfPackedB / rowBytes / tileColumns) : _panels.Count;

        // One ragged tile of C and its bias, then the packed panels.
        int ragged = (_kernel.NarrowTileRows + 1) * tileColumns;
        int packedPanels = holds ? Math.Min(panelsAtOnce, panelTo - panelFrom) : 1;
        int firstColumn = _panels.Start(panelFrom);
        bool isSingleRow = rowTo - rowFrom == 1 && !_packs && _problem.PackedB is null;
        int sumsLength = isSingleRow ? _panels.Start(panelTo) - firstColumn : 0;
        T* scratch = ThreadScratch.Rent<T>(ragged + (packedPanels * tileColumns * blockDepth) + sumsLength);
        T* packed = scratch + ragged;
        T* sums = packed + (packedPanels * tileColumns * blockDepth);

        for (int panel = panelFrom; panel < panelTo; panel += panelsAtOnce)
        {
            int panelEnd = Math.Min(panel + panelsAtOnce, panelTo);
            for (int block = 0; block < blocks; block++)
            {
                int depthFrom = block * blockDepth;
                int depth = Math.Min(blockDepth, _problem.K - depthFrom);
                PackPanels(panel, panelEnd, depthFrom, depth, packed, holds);
                for (int row = rowFrom; row < rowTo; row += blockRows)
                {
                    int rowEnd = Math.Min(row + blockRows, rowTo);
                    int summed = isSingleRow ? SumRow(row, panel, panelEnd, depthFrom, depth, sums) : 0;
                    for (int index = panel; index < panelEnd; index++)
                    {
                        WorkLimits.Poll();
                        int done = IsPackedHere(index) ? 0 : summed;
                        GemmTile<T> tile = TileOf(index, depthFrom, depth, done, block == blocks - 1);
                        tile.Sums = done > 0 ? sums + (_panels.Start(index) - firstColumn) : null;
                        T* own = packed + (holds ? OffsetOf(index, panel, depth) : 0);
                        int width = _panels.Start(index + 1) - _panels.Start(index);
                        bool copiesPanel = copies && !IsPackedHere(index) && width > _kernel.VectorWidth;
                        if (IsPackedHere(index) || (copiesPanel && row > rowFrom))
                        {
                            tile.B = own + ((nint)done * width);
                            tile.BRowStride = width;
                        }
                        else if (copiesPanel)
                        {
                            tile.Copy = own;
                        }

                        ComputePanel(row, rowEnd, index, ref tile, scratch);
                    }

                    if (block == blocks - 1)
                    {
                        Activate(row, rowEnd, _panels.Start(panel), Math.Min(_panels.Start(panelEnd), _problem.N));
                    }
                }
            }
        }
    }

    // Some rows at a time go to all panels, because a row of B lies together in memory.
    private readonly void PackPanels(int panelFrom, int panelTo, int depthFrom, int depth, T* packed, bool holds)
    {
        int rowsAtOnce = _problem.BColumnStride == 1 ? RowsPackedAtOnce : depth;
        for (int row = 0; row < depth; row += rowsAtOnce)
        {
            int rows = Math.Min(rowsAtOnce, depth - row);
            for (int index = panelFrom; index < panelTo; index++)
            {
                if (IsPackedHere(index))
                {
                    int start = _panels.Start(index);
                    int width = _panels.Start(index + 1) - start;
                    T* source = _problem.B + ((depthFrom + row) * _problem.BRowStride) + (start * _problem.BColumnStride);
                    T* target = packed + (holds ? OffsetOf(index, panelFrom, depth) : 0) + ((nint)row * width);
                    _kernel.Pack(source, _problem.BRowStride, _problem.BColumnStride, rows, Math.Min(width, _problem.N - start), target, width);
                }
            }
        }
    }

    // Packed panels follow one another, each depth rows of its width.
    private readonly nint OffsetOf(int panel, int firstPanel, int depth) => (nint)(_panels.Start(panel) - _panels.Start(firstPanel)) * depth;

    private readonly bool IsPackedHere(int panel) =>
        _packs || (_problem.PackedB is null && _panels.IsRagged && panel == _panels.Count - 1);

    // A single row uses each element of B once and is bound by reading B where it lies, so it is read in the order of memory, many columns
    // wide, and not panel by panel. Returns the rows of B done; the tiles do the rest.
    private readonly int SumRow(int row, int panelFrom, int panelTo, int depthFrom, int depth, T* sums)
    {
        int done = depth - (depth % GemmKernel<T>.RowsAtOnce);
        int start = _panels.Start(panelFrom);
        int columns = _panels.Start(IsPackedHere(panelTo - 1) ? panelTo - 1 : panelTo) - start;
        new Span<T>(sums, columns).Clear();
        T* a = _problem.A + (row * _problem.ARowStride) + (depthFrom * _problem.AColumnStride);
        _kernel.AddRows(a, _problem.AColumnStride, _problem.B + (depthFrom * _problem.BRowStride) + start, _problem.BRowStride, done, columns, sums);
        return done;
    }

    // The tile of the first row of C in a panel, for the part of a block of k from its row "done" on.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly GemmTile<T> TileOf(int index, int depthFrom, int depth, int done, bool isLast)
    {
        int start = _panels.Start(index);
        int width = _panels.Start(index + 1) - start;
        bool accumulates = depthFrom > 0;
        GemmTile<T> tile = default;
        tile.A = _problem.A + ((depthFrom + done) * _problem.AColumnStride);
        tile.ARowStride = _problem.ARowStride;
        tile.AColumnStride = _problem.AColumnStride;
        tile.Depth = depth - done;
        tile.C = _problem.C + start;
        tile.CRowStride = _problem.CRowStride;
        tile.Alpha = _problem.Alpha;
        tile.Beta = accumulates ? T.One : _problem.Beta;
        tile.ReadsC = accumulates || _problem.Beta != T.Zero;
        tile.Scales = _problem.Alpha != T.One;
        tile.Bias = isLast && _problem.Bias is not null ? _problem.Bias + start : null;
        tile.Relu = isLast && Activations.IsRelu(_problem.Activation);
        tile.IsCapped = _problem.Activation == ActivationKind.Relu6;
        if (_problem.PackedB is not null)
        {
            tile.B = _problem.PackedB + ((nint)start * _problem.K) + ((nint)depthFrom * width);
            tile.BRowStride = width;
        }
        else
        {
            tile.B = _problem.B + ((depthFrom + done) * _problem.BRowStride) + start;
            tile.BRowStride = _problem.BRowStride;
        }

        return tile;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void ComputePanel(int rowFrom, int rowTo, int index, ref GemmTile<T> tile, T* scratch)
    {
        int start = _panels.Start(index);
        int width = _panels.Start(index + 1) - start;
        int columns = Math.Min(width, _problem.N - start);
        T* a = tile.A;
        T* c = tile.C;
        bool isRagged = columns < width && !_kernel.MasksTails;
        tile.Tail = columns < width && _kernel.MasksTails ? columns % _kernel.VectorWidth : 0;
        if (isRagged)
        {
            // Whole vectors are read and written, so a ragged tile is computed beside C and its columns copied.
            T* bias = scratch + (_kernel.NarrowTileRows * width);
            CopyColumns(tile.Bias, bias, columns);
            tile.Bias = tile.Bias is null ? null : bias;
            tile.C = scratch;
            tile.CRowStride = width;
        }

        int vectors = width / _kernel.VectorWidth;
        int narrowRows = vectors == 1 ? _kernel.NarrowTileRows : _kernel.TileRows;
        for (int row = rowFrom; row < rowTo; row += tile.Rows)
        {
            int rows = rowTo - row;
            tile.Rows = rows >= narrowRows ? narrowRows : Math.Min(rows, _kernel.TileRows);
            tile.A = a + (row * _problem.ARowStride);
            T* target = c + (row * _problem.CRowStride);
            if (!isRagged)
            {
                tile.C = target;
                _kernel.Compute(in tile, vectors);
                if (tile.Copy is not null)
                {
                    tile.B = tile.Copy;
                    tile.BRowStride = width;
                    tile.Copy = null;
                }

                continue;
            }

            for (int r = 0; tile.ReadsC && r < tile.Rows; r++)
            {
                CopyColumns(target + (r * _problem.CRowStride), scratch + (r * width), columns);
            }

            _kernel.Compute(in tile, vectors);
            for (int r = 0; r < tile.Rows; r++)
            {
                CopyColumns(scratch + (r * width), target + (r * _problem.CRowStride), columns);
            }
        }
    }

    private static void CopyColumns(T* source, T* destination, int columns)
    {
        if (source is not null)
        {
            new ReadOnlySpan<T>(source, columns).CopyTo(new Span<T>(destination, columns));
        }
    }

    // The activations that are not a comparison run over the rows just written, as the element-wise operation does.
    private readonly void Activate(int rowFrom, int rowTo, int columnFrom, int columnTo)
    {
        if (_problem.Activation is ActivationKind.None or ActivationKind.Relu or ActivationKind.Relu6)
        {
            return;
        }

        // Rows without a gap between them are one run.
        int columns = columnTo - columnFrom;
        int rowsAtOnce = columns == _problem.CRowStride && (long)columns * (rowTo - rowFrom) <= int.MaxValue ? rowTo - rowFrom : 1;
        for (int row = rowFrom; row < rowTo; row += rowsAtOnce)
        {
            var values = new Span<T>(_problem.C + (row * _problem.CRowStride) + columnFrom, columns * rowsAtOnce);
            Activations.ApplyBeyondClamps(_problem.Activation, values, WorkerPool.Serial);
        }
    }
}
