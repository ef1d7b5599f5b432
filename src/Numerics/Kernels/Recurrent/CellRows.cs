using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>One step of a recurrent pass, as its cell's loop sees it: pointers to the step's gates and to the states of every sequence.</summary>
[StructLayout(LayoutKind.Auto)]
internal unsafe struct CellRows
{
    /// <summary>The elements of a state.</summary>
    public int Hidden;

    /// <summary>The step, counted from the sequences' begin.</summary>
    public int Step;

    /// <summary>The lengths of the sequences, or null where all take every step.</summary>
    public int* Lengths;

    /// <summary>The gates of the first sequence.</summary>
    public void* Gates;

    /// <summary>Elements from one sequence's gates to the next one's.</summary>
    public nint GateRow;

    /// <summary>h of the first sequence.</summary>
    public void* State;

    /// <summary>c of the first sequence.</summary>
    public void* Cell;

    /// <summary>A GRU's working memory.</summary>
    public void* Products;

    /// <summary>pᵢ, pₒ, pf, or null.</summary>
    public void* Peepholes;

    /// <summary>The step's output of the first sequence, or null.</summary>
    public void* Output;

    /// <summary>Elements from one sequence's output to the next one's.</summary>
    public nint OutputRow;

    /// <summary>What enters a gate's activation is clamped to ±this.</summary>
    public float Clip;

    /// <summary>Whether the forget gate is 1 - i.</summary>
    public bool Couples;

    /// <summary>Reads whole lanes, or the ones that are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load<TLanes, TElement>(TElement* source, int count)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged => count == TLanes.Count ? TLanes.Load(in *source) : TLanes.LoadPartial(source, count, TLanes.Zero);

    /// <summary>Writes whole lanes, or the ones that are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes, TElement>(TLanes value, TElement* destination, int count)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged
    {
        if (count == TLanes.Count)
        {
            TLanes.Store(value, ref *destination);
        }
        else
        {
            TLanes.StorePartial(value, destination, count);
        }
    }

    /// <summary>Whether a sequence still takes this step; where it does not, its output is 0 and its state stays.</summary>
    public readonly bool Takes<TElement>(int row)
        where TElement : unmanaged
    {
        if (Lengths is null || Step < Lengths[row])
        {
            return true;
        }

        if (Output is not null)
        {
            new Span<TElement>((TElement*)Output + (row * OutputRow), Hidden).Clear();
        }

        return false;
    }

    /// <summary>Copies a state to the output, where somebody wants it.</summary>
    public readonly void Emit<TElement>(int row, TElement* state)
        where TElement : unmanaged
    {
        if (Output is not null)
        {
            new Span<TElement>(state, Hidden).CopyTo(new Span<TElement>((TElement*)Output + (row * OutputRow), Hidden));
        }
    }
}
