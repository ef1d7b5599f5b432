using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>The branches of the trees of a <see cref="TreeEnsemble"/>, one entry of each list a branch; what is behind one is another branch or a leaf, by its place in its list.</summary>
/// <param name="FeatureIds">The feature that is compared.</param>
/// <param name="Modes">The comparison: ≤, &lt;, ≥, &gt;, =, ≠ are 0 to 5, and 6 asks whether the feature is one of the branch's members.</param>
/// <param name="Splits">What it is compared with.</param>
/// <param name="TrueIds">What is behind a comparison that holds.</param>
/// <param name="TrueLeaves">1 where that is a leaf.</param>
/// <param name="FalseIds">What is behind one that does not.</param>
/// <param name="FalseLeaves">1 where that is a leaf.</param>
/// <param name="MissingTracksTrue">1 where NaN counts as a comparison that holds; null is never.</param>
/// <param name="Members">The members of the branches of mode 6, in their order, NaN behind those of each.</param>
public sealed record TreeBranches(
    IntList FeatureIds,
    ValueList<byte> Modes,
    TreeNumbers Splits,
    IntList TrueIds,
    IntList TrueLeaves,
    IntList FalseIds,
    IntList FalseLeaves,
    IntList? MissingTracksTrue = null,
    TreeNumbers? Members = null)
{
    /// <summary>The mode that asks for membership.</summary>
    public const byte MemberMode = 6;

    /// <summary>The number of branches.</summary>
    public int Count => FeatureIds.Count;

    internal static TreeBranches Read(AttributeReader reader)
    {
        _ = reader.Tensor("nodes_hitrates");
        return new TreeBranches(
            Required("nodes_featureids"),
            reader.Tensor("nodes_modes") switch
            {
                Tensor<byte> modes => new ValueList<byte>(modes.Span),
                null => throw reader.Error("expected attribute 'nodes_modes', which is not optional."),
                var other => throw reader.Error($"expected 'nodes_modes' of uint8, got {other.ElementType}."),
            },
            TreeNumbers.ReadTensor(reader, "nodes_splits") ?? throw reader.Error("expected attribute 'nodes_splits', which is not optional."),
            Required("nodes_truenodeids"), Required("nodes_trueleafs"), Required("nodes_falsenodeids"), Required("nodes_falseleafs"),
            reader.Ints("nodes_missing_value_tracks_true") is { Count: > 0 } missing ? missing : null,
            TreeNumbers.ReadTensor(reader, "membership_values") is { Count: > 0 } members ? members : null);

        IntList Required(string name) => reader.Ints(name) ?? throw reader.Error($"expected attribute '{name}', which is not optional.");
    }

    internal void Write(AttributeWriter writer)
    {
        Members?.WriteTensor(writer, "membership_values");
        writer.Ints("nodes_falseleafs", FalseLeaves.Values);
        writer.Ints("nodes_falsenodeids", FalseIds.Values);
        writer.Ints("nodes_featureids", FeatureIds.Values);
        if (MissingTracksTrue is not null)
        {
            writer.Ints("nodes_missing_value_tracks_true", MissingTracksTrue.Values);
        }

        writer.Tensor("nodes_modes", Tensor.Vector(Modes.Values));
        Splits.WriteTensor(writer, "nodes_splits");
        writer.Ints("nodes_trueleafs", TrueLeaves.Values);
        writer.Ints("nodes_truenodeids", TrueIds.Values);
    }

    internal void Require(InferenceContext context, int leaves)
    {
        if (Count == 0 || Modes.Count != Count || Splits.Count != Count || TrueIds.Count != Count || TrueLeaves.Count != Count || FalseIds.Count != Count || FalseLeaves.Count != Count
            || (MissingTracksTrue is not null && MissingTracksTrue.Count != Count))
        {
            throw context.Error($"expected lists of branches of one length above 0, got {Count}, {Modes.Count}, {Splits.Count}, {TrueIds.Count}, {TrueLeaves.Count}, {FalseIds.Count}, {FalseLeaves.Count}.");
        }

        long? features = context.Shape(0) is { Rank: > 0 } x ? x[x.Rank - 1].Size : null;
        int memberships = 0;
        for (int i = 0; i < Count; i++)
        {
            if (Modes[i] > MemberMode)
            {
                throw context.Error($"expected 0 to {MemberMode} in 'nodes_modes', got {Modes[i]}.");
            }

            if (FeatureIds[i] < 0 || FeatureIds[i] >= (features ?? int.MaxValue))
            {
                throw context.Error($"expected features of X {context.Shape(0)} in 'nodes_featureids', got {FeatureIds[i]}.");
            }

            RequirePlace("nodes_truenodeids", TrueIds[i], TrueLeaves[i]);
            RequirePlace("nodes_falsenodeids", FalseIds[i], FalseLeaves[i]);
            memberships += Modes[i] == MemberMode ? 1 : 0;
        }

        // A NaN ends each list; the last may end with the tensor.
        int lists = Members is null ? 0 : Members.Values.Count(double.IsNaN) + (double.IsNaN(Members[Members.Count - 1]) ? 0 : 1);
        if (lists != memberships)
        {
            throw context.Error($"expected a list of members in 'membership_values' for each of {memberships} branches of mode {MemberMode}, got {lists} lists.");
        }

        void RequirePlace(string name, long id, long isLeaf)
        {
            if (isLeaf is not (0 or 1) || id < 0 || id >= (isLeaf == 1 ? leaves : Count))
            {
                throw context.Error($"expected places of {Count} branches and {leaves} leaves in '{name}', got {id} (leaf: {isLeaf}).");
            }
        }
    }
}
