namespace Toolkit.Onnx.Operators;

/// <summary>What the leaves of an ensemble add to its results, one entry of each list a weight.</summary>
/// <param name="TreeIds">The leaf's tree.</param>
/// <param name="NodeIds">Its number in the tree.</param>
/// <param name="Ids">The result: a target or a class.</param>
/// <param name="Weights">What is added.</param>
public sealed record TreeWeights(IntList TreeIds, IntList NodeIds, IntList Ids, TreeNumbers Weights)
{
    internal static TreeWeights Read(AttributeReader reader, string role)
    {
        return new TreeWeights(
            Required("treeids"), Required("nodeids"), Required("ids"), TreeNumbers.Read(reader, $"{role}_weights") ?? throw reader.Error($"expected attribute '{role}_weights'."));

        IntList Required(string name) => reader.Ints($"{role}_{name}") ?? throw reader.Error($"expected attribute '{role}_{name}', which is not optional.");
    }

    internal void Write(AttributeWriter writer, string role)
    {
        writer.Ints($"{role}_ids", Ids.Values);
        writer.Ints($"{role}_nodeids", NodeIds.Values);
        writer.Ints($"{role}_treeids", TreeIds.Values);
        Weights.Write(writer, $"{role}_weights");
    }

    internal void Require(InferenceContext context, long results)
    {
        if (TreeIds.Count != Weights.Count || NodeIds.Count != Weights.Count || Ids.Count != Weights.Count || Ids.Any(id => id < 0 || id >= results))
        {
            throw context.Error($"expected lists of weights of one length and results from 0 to {results - 1}, got {TreeIds.Count}, {NodeIds.Count}, {Ids.Count}, {Weights.Count}.");
        }
    }
}
