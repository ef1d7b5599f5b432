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
    private const int BlockBytesOfPackedB = 384 << 10;

    // A multiple of every kernel's tile rows.
    private const int RowBlockUnit = 48;

    // Below this many multiply-adds a thread, waking one costs more than it saves.
    private const long MinimumWork = 128 * 1024;

    // B is packed where it does not stay in the last-level cache beside its neighbours, if enough rows of A use the copy.
    private const long LargestInPlaceBytes = 3 << 20;
    private const int RowsThatPayPacking = 64;

    private readonly GemmKernel<T> _kernel;
    private readonly GemmPanels _panels;
    private readonly GemmProblem<T> _problem;
    private readonly bool _packs;
    private int _rowParts;
    private int _columnParts;

    private GemmDriver(GemmKernel<T> kernel, in GemmProblem<T> problem)
    {
        (_kernel, _problem) = (kernel, problem);
        _panels = GemmPanels.Create(kernel, problem.N);
        _packs = problem.PackedB is null
            && (problem.BColumnStride != 1
                || (problem.M >= RowsThatPayPacking && (long)problem.K * problem.N * sizeof(T) > LargestInPlaceBytes));
    }

    /// <summary>Computes the product on the threads of <paramref name="workers"/>.</summary>
    public static void Multiply(GemmKernel<T> kernel, in GemmProblem<T> problem, WorkerPool workers)
    {
        if (problem.M == 0 || problem.N == 0)
        {
            return;
        }

        var driver = new GemmDriver<T>(kernel, in problem);
        long work = (long)problem.M * problem.N * Math.Max(problem.K, 1);
        int threads = (int)Math.Clamp(work / MinimumWork, 1, workers.ThreadCount);
        driver.ChooseGrid(threads);
        workers.Run(ref driver, driver._rowParts * driver._columnParts);
    }

    /// <inheritdoc/>
    public void Invoke(int part, int partCount)
    {
        int rowTiles = DivideUp(_problem.M, _kernel.TileRows);
        (int rowFrom, int rowTo) = Split(rowTiles, part / _columnParts, _rowParts);
        (int panelFrom, int panelTo) = Split(_panels.Count, part % _columnParts, _columnParts);
        Compute(rowFrom * _kernel.TileRows, Math.Min(rowTo * _kernel.TileRows, _problem.M), panelFrom, panelTo);
    }

    /// <summary>The length of each block of k but the last, and their number.</summary>
    internal static (int Depth, int Count) DepthBlocks(int k)
    {
        int count = Math.Max(1, DivideUp(k, MaximumDepth));
        return (DivideUp(k, count), count);
    }

    private static (int From, int To) Split(int count, int part, int parts) =>
        ((int)((long)count * part / parts), (int)((long)count * (part + 1) / parts));

    private static int DivideUp(int value, int divisor) => (value / divisor) + (value % divisor == 0 ? 0 : 1);

    // Tiles of C go to a grid of threads such that the largest share is smallest. Where B is packed, each row of the grid
    // packs its own copy, so columns are split rather than rows.
    private void ChooseGrid(int threads)
    {
        int rowTiles = DivideUp(_problem.M, _kernel.TileRows);
        long packing = _packs ? 2 : 0;
        long best = long.MaxValue;
        for (int rowParts = 1; rowParts <= threads; rowParts++)
        {
            int columnParts = threads / rowParts;
            if (rowParts * columnParts != threads && rowParts != 1)
            {
                continue;
            }

            long cost = (DivideUp(rowTiles, rowParts) + packing) * DivideUp(_panels.Count, columnParts);
            if (cost < best)
            {
                best = cost;
                (_rowParts, _columnParts) = (Math.Min(rowParts, rowTiles), Math.Min(columnParts, _panels.Count));
            }
        }
    }

    private readonly void Compute(int rowFrom, int rowTo, int panelFrom, int panelTo)
    {
        (int blockDepth, int blocks) = DepthBlocks(_problem.K);
        int tileColumns = _kernel.TileVectors * _kernel.VectorWidth;
        int rowBytes = Math.Max(1, blockDepth * sizeof(T));
        int blockRows = Math.Max(1, BlockBytesOfA / rowBytes / RowBlockUnit) * RowBlockUnit;
        int panelsAtOnce = _packs ? Math.Max(1, BlockBytesOfPackedB / rowBytes / tileColumns) : _panels.Count;

        // One ragged tile of C and its bias, then the packed panels.
        int ragged = (_kernel.NarrowTileRows + 1) * tileColumns;
        int packedPanels = _packs ? Math.Min(panelsAtOnce, panelTo - panelFrom) : 1;
        T* scratch = ThreadScratch.Rent<T>(ragged + (packedPanels * tileColumns * blockDepth));
        T* packed = scratch + ragged;

        for (int panel = panelFrom; panel < panelTo; panel += panelsAtOnce)
        {
            int panelEnd = Math.Min(panel + panelsAtOnce, panelTo);
            for (int block = 0; block < blocks; block++)
            {
                int depthFrom = block * blockDepth;
                int depth = Math.Min(blockDepth, _problem.K - depthFrom);
                PackPanels(panel, panelEnd, depthFrom, depth, packed);
                for (int row = rowFrom; row < rowTo; row += blockRows)
                {
                    int rowEnd = Math.Min(row + blockRows, rowTo);
                    for (int index = panel; index < panelEnd; index++)
                    {
                        ComputePanel(row, rowEnd, panel, index, depthFrom, depth, packed, scratch, block == blocks - 1);
                    }

                    if (block == blocks - 1)
                    {
                        Activate(row, rowEnd, _panels.Start(panel), Math.Min(_panels.Start(panelEnd), _problem.N));
                    }
                }
            }
        }
    }

    // Packed panels follow one another, each depth rows of its width.
    private readonly void PackPanels(int panelFrom, int panelTo, int depthFrom, int depth, T* packed)
    {
        for (int index = panelFrom; index < panelTo; index++)
        {
            if (IsPackedHere(index))
            {
                int start = _panels.Start(index);
                int width = _panels.Start(index + 1) - start;
                T* source = _problem.B + (depthFrom * _problem.BRowStride) + (start * _problem.BColumnStride);
                _kernel.Pack(source, _problem.BRowStride, _problem.BColumnStride, depth, Math.Min(width, _problem.N - start), packed, width);
                packed += (nint)depth * width;
            }
        }
    }

    private readonly bool IsPackedHere(int panel) =>
        _packs || (_problem.PackedB is null && _panels.IsRagged && panel == _panels.Count - 1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void ComputePanel(int rowFrom, int rowTo, int firstPanel, int index, int depthFrom, int depth, T* packed, T* scratch, bool isLast)
    {
        int start = _panels.Start(index);
        int width = _panels.Start(index + 1) - start;
        int columns = Math.Min(width, _problem.N - start);
        bool accumulates = depthFrom > 0;
        GemmTile<T> tile = default;
        tile.ARowStride = _problem.ARowStride;
        tile.AColumnStride = _problem.AColumnStride;
        tile.Depth = depth;
        tile.CRowStride = _problem.CRowStride;
        tile.Alpha = _problem.Alpha;
        tile.Beta = accumulates ? T.One : _problem.Beta;
        tile.ReadsC = accumulates || _problem.Beta != T.Zero;
        tile.Scales = _problem.Alpha != T.One;
        tile.Bias = isLast && _problem.Bias is not null ? _problem.Bias + start : null;
        tile.Relu = isLast && _problem.Activation == ActivationKind.Relu;
        if (_problem.PackedB is not null)
        {
            tile.B = _problem.PackedB + ((nint)start * _problem.K) + ((nint)depthFrom * width);
            tile.BRowStride = width;
        }
        else if (IsPackedHere(index))
        {
            tile.B = packed + (_packs ? (nint)(start - _panels.Start(firstPanel)) * depth : 0);
            tile.BRowStride = width;
        }
        else
        {
            tile.B = _problem.B + (depthFrom * _problem.BRowStride) + start;
            tile.BRowStride = _problem.BRowStride;
        }

        T* c = _problem.C + start;
        T* a = _problem.A + (depthFrom * _problem.AColumnStride);
        bool isRagged = columns < width;
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
            for (int j = 0; j < columns; j++)
            {
                destination[j] = source[j];
            }
        }
    }

    // The activations that are not a comparison run over the rows just written, as the element-wise operation does.
    private readonly void Activate(int rowFrom, int rowTo, int columnFrom, int columnTo)
    {
        if (_problem.Activation is ActivationKind.None or ActivationKind.Relu)
        {
            return;
        }

        for (int row = rowFrom; row < rowTo; row++)
        {
            var values = new Span<T>(_problem.C + (row * _problem.CRowStride) + columnFrom, columnTo - columnFrom);
            if (_problem.Activation == ActivationKind.Sigmoid)
            {
                ElementWise.Unary<Sigmoid, T>(default, values, values, WorkerPool.Serial);
            }
            else
            {
                ElementWise.Unary<HyperbolicTangent, T>(default, values, values, WorkerPool.Serial);
            }
        }
    }
}
