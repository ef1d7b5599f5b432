using Toolkit.Numerics;

namespace Toolkit.Trainer.Initializers;

/// <summary>
/// The number of inputs and outputs of a unit, from a parameter's shape, equal to Keras's for the same layer:
/// <list type="table">
/// <item><term><c>[]</c></term><description>1 and 1</description></item>
/// <item><term><c>[n]</c></term><description>n and n</description></item>
/// <item><term><c>[in, out]</c></term><description>in and out: dense and recurrent kernels</description></item>
/// <item><term><c>[out, in/groups, k…]</c></term><description>in/groups · Πk and out · Πk: convolution kernels</description></item>
/// </list>
/// A transposed convolution's kernel, <c>[in, out/groups, k…]</c>, goes by the last rule too: Keras also counts its fans the other way
/// round.
/// </summary>
/// <param name="In">Inputs of a unit.</param>
/// <param name="Out">Outputs of a unit.</param>
public readonly record struct Fans(int In, int Out)
{
    /// <summary>Takes the fans from a shape.</summary>
    public static Fans Of(Shape shape) => shape.Rank switch
    {
        0 => new Fans(1, 1),
        1 => new Fans(shape[0], shape[0]),
        2 => new Fans(shape[0], shape[1]),
        _ => new Fans(shape[1] * shape.LengthOf(2..), shape[0] * shape.LengthOf(2..)),
    };
}
