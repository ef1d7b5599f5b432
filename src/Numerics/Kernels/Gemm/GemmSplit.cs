using System.Runtime.InteropServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// How the tiles of C are dealt out to threads: in one line, either panel after panel or row after row, that is cut where the work is even. A part thus is
/// whole panels (or rows of tiles) but for the ones it begins and ends in.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct GemmSplit
{
    // Below this many multiply-adds a thread, waking one costs more than it saves.
    private const long MinimumWork = 128 * 1024;

    // A thread's share is cut into this many parts where each has the work below, so that a thread that comes late or is slowed down holds up little.
    private const int PartsOfThread = 4;
    private const long MinimumWorkOfPart = 2 << 20;

    // What packing a panel costs, in rows of tiles computed from it.
    private const int PackingRows = 2;

    private readonly GemmPanels _panels;
    private readonly int _vectorWidth;
    private readonly int _vectors;
    private readonly bool _packs;

    /// <summary>Chooses the order for C [m, n] = A [m, k] · B [k, n].</summary>
    /// <param name="m">The rows of C.</param>
    /// <param name="panels">The panels of C's columns.</param>
    /// <param name="tileRows">The rows of C in a row of tiles.</param>
    /// <param name="vectorWidth">The elements of a vector.</param>
    /// <param name="packs">Whether every part packs the panels of B that it uses.</param>
    public GemmSplit(int m, GemmPanels panels, int tileRows, int vectorWidth, bool packs)
    {
        (_panels, TileRows, _vectorWidth, _packs) = (panels, tileRows, vectorWidth, packs);
        _vectors = panels.PaddedColumns / vectorWidth;
        RowTiles = (int)(((long)m + tileRows - 1) / tileRows);

        // What is cut is read in shares, the other operand by every part: the larger is cut. A panel that is packed is read, written and read.
        IsByRows = m > (packs ? 3L : 1L) * panels.PaddedColumns;
    }

    /// <summary>The rows of C in a row of tiles.</summary>
    public int TileRows { get; }

    /// <summary>The number of rows of tiles.</summary>
    public int RowTiles { get; }

    /// <summary>Whether the line goes along a row of tiles and then to the next; otherwise down a panel.</summary>
    public bool IsByRows { get; }

    /// <summary>The parts for a number of threads.</summary>
    /// <param name="work">The multiply-adds of the product.</param>
    /// <param name="threads">The threads.</param>
    public int Parts(long work, int threads)
    {
        int useful = (int)Math.Clamp(Math.Min(work / MinimumWork, (long)RowTiles * _panels.Count), 1, threads);
        if (useful == 1)
        {
            return 1;
        }

        // A part packs for itself, so where B is packed a part has several panels or many rows.
        long most = !_packs ? work / MinimumWorkOfPart : IsByRows ? RowTiles / (8 * PackingRows) : _panels.Count / 4;
        return useful * (int)Math.Clamp(Math.Min(most, work / MinimumWorkOfPart) / useful, 1, PartsOfThread);
    }

    /// <summary>The tile that a part begins with, or for the number of parts the one after the last: row or panel is then their number.</summary>
    public Tile Boundary(int part, int parts)
    {
        long position = (long)RowTiles * _vectors * part / parts;
        if (IsByRows)
        {
            int row = (int)(position / _vectors);
            int panel = Nearest((int)(position % _vectors));
            return _packs ? new Tile(row, 0) : panel == _panels.Count ? new Tile(row + 1, 0) : new Tile(row, panel);
        }
        else
        {
            int panel = PanelOf((int)(position / RowTiles));
            if (panel == _panels.Count)
            {
                return new Tile(0, panel);
            }

            int width = Vectors(panel + 1) - Vectors(panel);
            int row = (int)((position - ((long)Vectors(panel) * RowTiles) + (width / 2)) / width);
            int margin = _packs ? PackingRows : 0;
            return row <= margin ? new Tile(0, panel) : row >= RowTiles - margin ? new Tile(0, panel + 1) : new Tile(row, panel);
        }
    }

    private int Vectors(int panel) => _panels.Start(panel) / _vectorWidth;

    // The panel that a vector of columns lies in.
    private int PanelOf(int vector)
    {
        int panel = 0;
        while (panel < _panels.Count && Vectors(panel + 1) <= vector)
        {
            panel++;
        }

        return panel;
    }

    // The panel whose start is nearest to a vector of columns; the number of panels for the end.
    private int Nearest(int vector)
    {
        int panel = PanelOf(vector);
        return vector - Vectors(panel) <= Vectors(panel + 1) - vector ? panel : panel + 1;
    }

    /// <summary>A place in the line of tiles.</summary>
    /// <param name="Row">The row of tiles.</param>
    /// <param name="Panel">The panel.</param>
    public readonly record struct Tile(int Row, int Panel);
}
