namespace Toolkit.Numerics.Kernels;

/// <summary>What the passes over a block of steps have in common.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Steps">The steps of the block.</param>
/// <param name="Batch">The sequences, each a row of states and of every step's gates.</param>
/// <param name="Hidden">The elements of a state.</param>
public readonly record struct RecurrentLayer(RecurrentCellKind Cell, int Steps, int Batch, int Hidden)
{
    /// <summary>The gates of the cell.</summary>
    public int Gates => GateCount(Cell);

    /// <summary>Elements from one step's gates to the next one's.</summary>
    public int GateStep { get; init; }

    /// <summary>Elements from one sequence's gates to the next one's.</summary>
    public int GateRow { get; init; }

    /// <summary>Elements from one step's output to the next one's.</summary>
    public int OutputStep { get; init; }

    /// <summary>Elements from one sequence's output to the next one's.</summary>
    public int OutputRow { get; init; }

    /// <summary>What enters a gate's activation is clamped to [-clip, clip]; infinite without.</summary>
    public float Clip { get; init; } = float.PositiveInfinity;

    /// <summary>Whether an LSTM's forget gate is 1 - i.</summary>
    public bool CouplesInputAndForget { get; init; }

    /// <summary>The gates of a cell.</summary>
    public static int GateCount(RecurrentCellKind cell) => cell switch
    {
        RecurrentCellKind.Rnn => 1,
        RecurrentCellKind.Lstm => 4,
        _ => 3,
    };
}
