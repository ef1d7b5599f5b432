namespace Toolkit.Export;

/// <summary>How a cross-check is made.</summary>
public sealed record CrossCheckOptions
{
    /// <summary>The options that are used where none are given.</summary>
    public static CrossCheckOptions Default { get; } = new();

    /// <summary>
    /// The greatest difference that passes: absolute for reference values up to 1, such as probabilities, relative beyond
    /// (<c>|x − reference| &lt;= Tolerance · max(1, |reference|)</c>).
    /// </summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>Samples a run; all samples in one run, or 1,024 of them, are always added. All samples are run at the greatest size, the first 512 at the others. Without effect on a model whose batch is fixed.</summary>
    public IReadOnlyList<int> BatchSizes { get; init; } = [1, 7, 128];

    /// <summary>Threads of a session; 0 means one a processor.</summary>
    public int Threads { get; init; }
}
