namespace Toolkit.Trainer.Initializers;

/// <summary>The initializers by their names in Keras.</summary>
public static class InitializerNames
{
    private static readonly NameTable<Initializer> Table = new("initializer")
    {
        { "constant", () => new Constant() },
        { "glorot_normal", () => new GlorotNormal() },
        { "glorot_uniform", () => new GlorotUniform() },
        { "he_normal", () => new HeNormal() },
        { "he_uniform", () => new HeUniform() },
        { "lecun_normal", () => new LecunNormal() },
        { "lecun_uniform", () => new LecunUniform() },
        { "normal", () => new RandomNormal() },
        { "one", () => new Ones() },
        { "ones", () => new Ones() },
        { "orthogonal", () => new Orthogonal() },
        { "random_normal", () => new RandomNormal() },
        { "random_uniform", () => new RandomUniform() },
        { "truncated_normal", () => new TruncatedNormal() },
        { "uniform", () => new RandomUniform() },
        { "variance_scaling", () => new VarianceScaling() },
        { "zero", () => new Zeros() },
        { "zeros", () => new Zeros() },
    };

    /// <summary>Every name, in alphabetical order.</summary>
    public static IReadOnlyList<string> All => Table.Names;

    internal static Initializer Create(string name) => Table.Create(name);
}
