namespace Toolkit.Trainer.Regularizers;

/// <summary>The regularizers by their names in Keras.</summary>
public static class RegularizerNames
{
    private static readonly NameTable<Regularizer> Table = new("regularizer")
    {
        { "l1", () => new L1() },
        { "l1_l2", () => new L1L2(0.01, 0.01) },
        { "l2", () => new L2() },
    };

    /// <summary>Every name, in alphabetical order.</summary>
    public static IReadOnlyList<string> All => Table.Names;

    internal static Regularizer Create(string name) => Table.Create(name);
}
