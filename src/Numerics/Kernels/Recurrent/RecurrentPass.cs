namespace Toolkit.Numerics.Kernels;

/// <summary>One direction of a recurrent layer over a block of steps. In a layer of two directions each has its own.</summary>
/// <typeparam name="T">float or double.</typeparam>
public ref struct RecurrentPass<T>
    where T : unmanaged
{
    /// <summary>Whether the last step of the block is taken first.</summary>
    public bool IsReverse { get; init; }

    /// <summary>The first step of the block, counted from the sequence's begin: lengths and outputs are counted so.</summary>
    public int FirstStep { get; init; }

    /// <summary>f, of the gates.</summary>
    public CellActivation F { get; init; }

    /// <summary>g, of the candidate.</summary>
    public CellActivation G { get; init; }

    /// <summary>h, of an LSTM's cell state.</summary>
    public CellActivation H { get; init; }

    /// <summary>W · x + bias of every step and sequence; overwritten.</summary>
    public Span<T> Gates { get; init; }

    /// <summary>The recurrent weights of all gates, of a GRU those of z and r, [hidden, gates · hidden]; empty where they are packed.</summary>
    public ReadOnlySpan<T> Weights { get; init; }

    /// <summary>The same, packed; null where they are not.</summary>
    public PackedMatrix? PackedWeights { get; init; }

    /// <summary>Rh of a GRU, [hidden, hidden]; empty where it is packed.</summary>
    public ReadOnlySpan<T> CandidateWeights { get; init; }

    /// <summary>The same, packed; null where it is not.</summary>
    public PackedMatrix? PackedCandidateWeights { get; init; }

    /// <summary>b of <see cref="RecurrentCellKind.GruLinearBeforeReset"/>, [hidden]; empty for none.</summary>
    public ReadOnlySpan<T> CandidateBias { get; init; }

    /// <summary>pᵢ, pₒ, pf of an LSTM, [3 · hidden]; empty for none.</summary>
    public ReadOnlySpan<T> Peepholes { get; init; }

    /// <summary>h, [batch, hidden]: the state before the block on entry, behind it on return.</summary>
    public Span<T> Hidden { get; init; }

    /// <summary>c of an LSTM, [batch, hidden], likewise.</summary>
    public Span<T> Cell { get; init; }

    /// <summary>A GRU's working memory, [batch, hidden].</summary>
    public Span<T> Products { get; init; }

    /// <summary>h of every step, 0 behind a sequence's end; empty if nobody wants it.</summary>
    public Span<T> Output { get; init; }
}
