using System.Runtime.InteropServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// How the columns of C are cut into panels as wide as a register tile. Panels are whole vectors, only the last vector may be ragged;
/// where one vector would remain, the last two panels share, because a tile that is one vector wide is slow.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct GemmPanels
{
    private readonly int _columns;
    private readonly int _width;
    private readonly int _tile;
    private readonly int _full;

    /// <summary>Cuts <paramref name="columns"/> columns for <paramref name="kernel"/>.</summary>
    public static GemmPanels Create<T>(GemmKernel<T> kernel, int columns)
        where T : unmanaged => new(columns, kernel.VectorWidth, kernel.TileVectors);

    private GemmPanels(int columns, int width, int tile)
    {
        (_columns, _width, _tile) = (columns, width, tile);
        int vectors = DivideUp(columns, width);
        _full = vectors / tile;
        int rest = vectors % tile;
        if (rest == 1 && tile > 2 && _full > 0)
        {
            _full--;
            rest += tile;
        }

        Count = _full + (rest > tile ? 2 : rest > 0 ? 1 : 0);
    }

    /// <summary>How many panels.</summary>
    public int Count { get; }

    /// <summary>The columns with the last vector filled up: what packed rows of all panels take together.</summary>
    public int PaddedColumns => DivideUp(_columns, _width) * _width;

    /// <summary>The first column of panel <paramref name="index"/>; the padded number of columns where it is <see cref="Count"/>.</summary>
    public int Start(int index) =>
        index <= _full ? index * _tile * _width
        : index == Count ? PaddedColumns
        : ((_full * _tile) + 2) * _width;

    /// <summary>Whether the last vector is ragged, and so the last panel must be packed.</summary>
    public bool IsRagged => _columns % _width != 0;

    private static int DivideUp(int value, int divisor) => (value / divisor) + (value % divisor == 0 ? 0 : 1);
}
