using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>The nodes of the trees of an ensemble, one entry of each list a node; a node is known by its tree and its number in it.</summary>
/// <param name="TreeIds">The tree.</param>
/// <param name="NodeIds">The number in the tree.</param>
/// <param name="FeatureIds">The feature that a branch compares.</param>
/// <param name="Values">What it is compared with.</param>
/// <param name="Modes">The comparison, or <c>LEAF</c>.</param>
/// <param name="TrueIds">The node behind a comparison that holds.</param>
/// <param name="FalseIds">The node behind one that does not.</param>
/// <param name="MissingTracksTrue">Whether NaN counts as a comparison that holds; null is never.</param>
public sealed record TreeNodes(
    IntList TreeIds, IntList NodeIds, IntList FeatureIds, TreeNumbers Values, ValueList<string> Modes, IntList TrueIds, IntList FalseIds, IntList? MissingTracksTrue = null)
{
    /// <summary>What a node may be: a leaf, then the comparisons that ONNX names.</summary>
    public static IReadOnlyList<string> Comparisons { get; } = ["LEAF", "BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ"];

    internal static TreeNodes Read(AttributeReader reader)
    {
        if (reader.Has("nodes_hitrates_as_tensor"))
        {
            _ = reader.Tensor("nodes_hitrates_as_tensor");
        }

        _ = reader.Floats("nodes_hitrates");
        IntList nodeIds = Required("nodes_nodeids");
        return new TreeNodes(
            Required("nodes_treeids"), nodeIds, Required("nodes_featureids"), TreeNumbers.Read(reader, "nodes_values") ?? throw reader.Error("expected attribute 'nodes_values'."),
            new ValueList<string>([.. reader.Strings("nodes_modes") ?? throw reader.Error("expected attribute 'nodes_modes'.")]),
            Required("nodes_truenodeids"), Required("nodes_falsenodeids"), reader.Ints("nodes_missing_value_tracks_true"));

        IntList Required(string name) => reader.Ints(name) ?? throw reader.Error($"expected attribute '{name}', which is not optional.");
    }

    internal void Write(AttributeWriter writer)
    {
        writer.Ints("nodes_falsenodeids", FalseIds.Values);
        writer.Ints("nodes_featureids", FeatureIds.Values);
        if (MissingTracksTrue is not null)
        {
            writer.Ints("nodes_missing_value_tracks_true", MissingTracksTrue.Values);
        }

        writer.Strings("nodes_modes", Modes.Values);
        writer.Ints("nodes_nodeids", NodeIds.Values);
        writer.Ints("nodes_treeids", TreeIds.Values);
        writer.Ints("nodes_truenodeids", TrueIds.Values);
        Values.Write(writer, "nodes_values");
    }

    internal void Require(InferenceContext context)
    {
        int count = NodeIds.Count;
        if (count == 0 || TreeIds.Count != count || FeatureIds.Count != count || Values.Count != count || Modes.Count != count || TrueIds.Count != count || FalseIds.Count != count
            || (MissingTracksTrue is not null && MissingTracksTrue.Count != count))
        {
            throw context.Error($"expected lists of nodes of one length above 0, got {TreeIds.Count}, {count}, {FeatureIds.Count}, {Values.Count}, {Modes.Count}, {TrueIds.Count}, {FalseIds.Count}.");
        }

        foreach (string mode in Modes)
        {
            if (!Comparisons.Contains(mode))
            {
                throw context.Error($"expected one of {string.Join(", ", Comparisons)} in 'nodes_modes', got '{mode}'.");
            }
        }

        for (int i = 0; i < count; i++)
        {
            if (Modes[i] != Comparisons[0] && (FeatureIds[i] < 0 || (context.Shape(0) is { Rank: > 0 } x && x[x.Rank - 1].Size is { } features && FeatureIds[i] >= features)))
            {
                throw context.Error($"expected features of X {context.Shape(0)}, got {FeatureIds[i]}.");
            }
        }
    }
}
