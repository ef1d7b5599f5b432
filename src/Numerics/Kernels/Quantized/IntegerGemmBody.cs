namespace Toolkit.Numerics.Kernels;

/// <summary>The tiles of a product, in parts of some rows by some panels: a panel stays in the nearest cache while the rows of the part pass it.</summary>
internal unsafe struct IntegerGemmBody : IParallelBody
{
    // Bytes of the left factor in a part.
    private const int PartBytes = 1 << 17;

    // Products below which a part is not worth a thread.
    private const long SmallPart = 1 << 17;

    private readonly IntegerKernel _kernel;
    private readonly byte* _left;
    private readonly byte* _panels;
    private readonly nint _rowBytes;
    private readonly nint _panelBytes;
    private readonly nint _groups;
    private readonly int _firstRow;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _partRows;
    private readonly int _partPanels;
    private readonly int _columnParts;
    private readonly IntegerEpilogue _epilogue;

    /// <summary>Rows of a product, packed or as they are.</summary>
    public IntegerGemmBody(IntegerKernel kernel, byte* left, nint rowBytes, byte* panels, int depth, int firstRow, int rows, int columns, int threads, in IntegerEpilogue epilogue)
    {
        (_kernel, _rowBytes, _groups, _panelBytes) = (kernel, rowBytes, kernel.Groups(depth), kernel.PanelBytes(depth));
        _left = left;
        _panels = panels;
        (_firstRow, _rows, _columns, _epilogue) = (firstRow, rows, columns, epilogue);
        const int Tile = IntegerKernel.TileRows;
        int panelCount = kernel.Panels(columns);
        _partRows = (int)Math.Clamp(PartBytes / Math.Max(rowBytes, 1) / Tile * Tile, 4 * Tile, Math.Max(4 * Tile, (rows + Tile - 1) / Tile * Tile));
        int rowParts = (rows + _partRows - 1) / _partRows;
        long products = (long)rows * columns * Math.Max(depth, 1);
        int wanted = threads == 1 ? 1 : (int)Math.Clamp(products / SmallPart, 1, threads * 4);
        int columnParts = Math.Clamp((wanted + rowParts - 1) / rowParts, 1, panelCount);
        _partPanels = (panelCount + columnParts - 1) / columnParts;
        _columnParts = (panelCount + _partPanels - 1) / _partPanels;
        Parts = rowParts * _columnParts;
    }

    /// <summary>How many parts.</summary>
    public int Parts { get; }

    /// <inheritdoc/>
    public readonly void Invoke(int part, int partCount)
    {
        int* sums = stackalloc int[(IntegerKernel.TileRows * IntegerKernel.MaxTileColumns) + 4];
        int width = _kernel.TileColumns;
        int start = part / _columnParts * _partRows;
        int end = Math.Min(start + _partRows, _rows);
        int firstPanel = part % _columnParts * _partPanels;
        int lastPanel = Math.Min(firstPanel + _partPanels, _kernel.Panels(_columns));
        for (int panel = firstPanel; panel < lastPanel; panel++)
        {
            WorkLimits.Poll();
            byte* right = _panels + (panel * _panelBytes);
            int columns = Math.Min(width, _columns - (panel * width));
            for (int row = start; row < end; row += IntegerKernel.TileRows)
            {
                int rows = Math.Min(IntegerKernel.TileRows, end - row);
                _kernel.Compute(_left + (row * _rowBytes), _rowBytes, rows, right, _groups, sums);
                _epilogue.Apply(sums, width, _firstRow + row, rows, panel * width, columns);
            }
        }
    }
}
