namespace Toolkit.Numerics.Kernels;

/// <summary>
/// A list of <see cref="ConvolutionTaps"/>, which depends on sizes alone. Each thread that calls convolutions keeps those that it used last, so that a training step or a run of the
/// engine makes none.
/// </summary>
internal sealed unsafe class TapTable
{
    private const int MostTables = 64;

    [ThreadStatic]
    private static TapTable[]? _tables;

    [ThreadStatic]
    private static int _oldest;

    private ConvolutionGeometry _geometry;
    private Order _order;
    private nint _first;
    private nint _second;
    private byte[] _memory = [];

    /// <summary>What a list is over.</summary>
    public enum Order
    {
        /// <summary><see cref="ConvolutionTaps.OfOutputs"/>.</summary>
        Outputs,

        /// <summary><see cref="ConvolutionTaps.OfOutputRows"/>.</summary>
        OutputRows,

        /// <summary><see cref="ConvolutionTaps.OfInputs"/>.</summary>
        Inputs,

        /// <summary><see cref="ConvolutionTaps.OfKernel"/>.</summary>
        Kernel,
    }

    /// <summary>The pairs, one place's after another's.</summary>
    public nint* Pairs { get; private set; }

    /// <summary>Where each place's begin, in pairs, and their end.</summary>
    public int* Starts { get; private set; }

    /// <summary>The taps of each place's runs, where neighbours are merged.</summary>
    public int* Lengths { get; private set; }

    /// <summary>The table of a geometry; its pointers are valid until the thread has asked for so many others that it is replaced, and so for the call that asks.</summary>
    /// <param name="g">The geometry.</param>
    /// <param name="order">What the list is over.</param>
    /// <param name="first">What a step counts in the first of a pair.</param>
    /// <param name="second">What a step counts in the second.</param>
    public static TapTable Get(in ConvolutionGeometry g, Order order, nint first, nint second)
    {
        TapTable[] tables = _tables ??= new TapTable[MostTables];
        for (int index = 0; index < tables.Length && tables[index] is TapTable table; index++)
        {
            if (table._order == order && table._first == first && table._second == second && table._geometry == g)
            {
                return table;
            }
        }

        TapTable replaced = tables[_oldest] ??= new TapTable();
        _oldest = (_oldest + 1) % MostTables;
        replaced.Fill(in g, order, first, second);
        return replaced;
    }

    private void Fill(in ConvolutionGeometry g, Order order, nint first, nint second)
    {
        (_geometry, _order, _first, _second) = (g, order, first, second);
        int pairs = ConvolutionTaps.Capacity(in g);
        int places = order == Order.Inputs ? g.InputArea : order == Order.Kernel ? g.KernelArea : g.OutputArea;
        int bytes = checked((2 * sizeof(nint) * pairs) + (sizeof(int) * ((2 * places) + 1)));
        if (_memory.Length < bytes)
        {
            _memory = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
        }

        // Pinned for good, so that the address stays true after the fixed statement.
        fixed (byte* memory = _memory)
        {
            Pairs = (nint*)memory;
        }

        Starts = (int*)(Pairs + (2 * (nint)pairs));
        Lengths = Starts + places + 1;
        switch (order)
        {
            case Order.Outputs:
                ConvolutionTaps.OfOutputs(in g, first, second, Pairs, Starts);
                break;
            case Order.OutputRows:
                ConvolutionTaps.OfOutputRows(in g, first, second, Pairs, Starts, Lengths);
                break;
            case Order.Inputs:
                ConvolutionTaps.OfInputs(in g, first, second, Pairs, Starts);
                break;
            default:
                ConvolutionTaps.OfKernel(in g, first, second, Pairs, Starts);
                break;
        }
    }
}
