namespace Toolkit.Trainer.Recipes.Gates;

/// <summary>A gate of two inputs: its name, what it computes, and the weights that a person would set, where one perceptron is enough.</summary>
internal sealed record Gate(string Name, Func<bool, bool, bool> Function, Perceptron? ByHand)
{
    public static readonly Gate And = new("AND", (a, b) => a && b, new Perceptron(0.5f, 0.5f, -0.7f));

    public static readonly Gate Nand = new("NAND", (a, b) => !(a && b), new Perceptron(-0.5f, -0.5f, 0.7f));

    public static readonly Gate Or = new("OR", (a, b) => a || b, new Perceptron(0.5f, 0.5f, -0.2f));

    public static readonly Gate Xor = new("XOR", (a, b) => a != b, null);
}
