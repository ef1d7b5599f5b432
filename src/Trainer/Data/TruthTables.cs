using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>The four rows of XOR, the smallest task that one layer cannot learn; training and test part are the same.</summary>
public static class TruthTables
{
    /// <summary>The data set's entry in the catalogue.</summary>
    public static DatasetEntry Entry { get; } = new GeneratedEntry
    {
        Name = "xor",
        Description = "The truth table of exclusive or, four rows of two inputs.",
        WhereToGet = "embedded",
        IsEmbedded = true,
        TrainCount = 4,
        TestCount = 4,
        Classes = ["0", "1"],
        Generate = _ => new DatasetSplits(() => Of((a, b) => a ^ b), () => Of((a, b) => a ^ b))
        {
            Name = "xor",
            Source = "The truth table of exclusive or.",
            Classes = ["0", "1"],
            InputNormalization = "0 or 1",
        },
    };

    /// <summary>The truth table of a gate of two inputs: inputs [4, 2] in the order 00, 01, 10, 11, outputs [4].</summary>
    /// <param name="gate">The gate.</param>
    public static Dataset Of(Func<bool, bool, bool> gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        var x = new Tensor<float>([4, 2]);
        var y = new Tensor<float>([4]);
        for (int row = 0; row < 4; row++)
        {
            (bool a, bool b) = ((row & 2) != 0, (row & 1) != 0);
            x.Span[2 * row] = a ? 1 : 0;
            x.Span[(2 * row) + 1] = b ? 1 : 0;
            y.Span[row] = gate(a, b) ? 1 : 0;
        }

        return new Dataset(x, y);
    }
}
