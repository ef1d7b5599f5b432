using System.Runtime.InteropServices;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The trees of an ensemble, linked and checked: every walk ends at a leaf.</summary>
internal sealed class TreeForest
{
    private static readonly string[] Modes = [.. TreeNodes.Comparisons];

    private readonly Node[] _nodes;
    private readonly int[] _roots;
    private readonly (int Result, float Weight)[] _weights;

    /// <summary>Links the nodes.</summary>
    /// <exception cref="OnnxModelException">A node is missing, there twice, or reached twice.</exception>
    public TreeForest(TreeNodes nodes, TreeWeights weights, NodeContext owner)
    {
        var places = new Dictionary<(long Tree, long Node), int>();
        for (int i = 0; i < nodes.NodeIds.Count; i++)
        {
            if (!places.TryAdd((nodes.TreeIds[i], nodes.NodeIds[i]), i))
            {
                throw new OnnxModelException($"{owner}: node {nodes.NodeIds[i]} of tree {nodes.TreeIds[i]} is there twice.");
            }
        }

        ILookup<int, (int, float)> ofLeaf = Enumerable.Range(0, weights.Weights.Count).ToLookup(
            i => Find(weights.TreeIds[i], weights.NodeIds[i]), i => ((int)weights.Ids[i], weights.Weights[i]));
        var all = new List<(int, float)>();
        var parents = new bool[nodes.NodeIds.Count];
        _nodes = new Node[nodes.NodeIds.Count];
        for (int i = 0; i < _nodes.Length; i++)
        {
            var mode = (Comparison)Array.IndexOf(Modes, nodes.Modes[i]);
            bool isLeaf = mode == Comparison.Leaf;
            int from = all.Count;
            all.AddRange(ofLeaf[i]);
            _nodes[i] = new Node(
                mode, (int)nodes.FeatureIds[i], nodes.Values[i], isLeaf ? -1 : Child(i, nodes.TrueIds[i]), isLeaf ? -1 : Child(i, nodes.FalseIds[i]),
                nodes.MissingTracksTrue?[i] == 1, from, all.Count);
        }

        _weights = [.. all];
        _roots = [.. Enumerable.Range(0, _nodes.Length).Where(i => !parents[i])];

        // Every node has one parent at most, so a walk from a root cannot come back; nodes in a ring have no root.
        int reached = 0;
        var open = new Stack<int>(_roots);
        while (open.TryPop(out int node))
        {
            reached++;
            if (_nodes[node].Mode != Comparison.Leaf)
            {
                open.Push(_nodes[node].Then);
                open.Push(_nodes[node].Else);
            }
        }

        if (reached != _nodes.Length)
        {
            throw new OnnxModelException($"{owner}: {_nodes.Length - reached} nodes of its trees lie in a ring; check the ids.");
        }

        int Child(int parent, long id)
        {
            int child = Find(nodes.TreeIds[parent], id);
            if (parents[child])
            {
                throw new OnnxModelException($"{owner}: node {id} of tree {nodes.TreeIds[parent]} has two parents; check the ids.");
            }

            parents[child] = true;
            return child;
        }

        int Find(long tree, long node) => places.TryGetValue((tree, node), out int place) ? place
            : throw new OnnxModelException($"{owner}: node {node} of tree {tree} is not there; check the ids.");
    }

    private enum Comparison
    {
        Leaf,
        LessOrEqual,
        Less,
        GreaterOrEqual,
        Greater,
        Equal,
        NotEqual,
    }

    /// <summary>The number of trees.</summary>
    public int Trees => _roots.Length;

    /// <summary>What the leaf of one tree says of a sample.</summary>
    public ReadOnlySpan<(int Result, float Weight)> Leaf(int tree, ReadOnlySpan<float> features)
    {
        ref readonly Node node = ref _nodes[_roots[tree]];
        while (node.Mode != Comparison.Leaf)
        {
            float x = features[node.Feature];
            bool holds = node.Mode switch
            {
                Comparison.LessOrEqual => x <= node.Value,
                Comparison.Less => x < node.Value,
                Comparison.GreaterOrEqual => x >= node.Value,
                Comparison.Greater => x > node.Value,
                Comparison.Equal => x == node.Value,
                _ => x != node.Value,
            };
            node = ref _nodes[holds || (node.MissingTracksTrue && float.IsNaN(x)) ? node.Then : node.Else];
        }

        return _weights.AsSpan(node.WeightsFrom, node.WeightsTo - node.WeightsFrom);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Node(Comparison Mode, int Feature, float Value, int Then, int Else, bool MissingTracksTrue, int WeightsFrom, int WeightsTo);
}
