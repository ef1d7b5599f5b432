using System.Runtime.InteropServices;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The trees of an ensemble, linked and checked: every walk ends at a leaf. Comparisons are those of float64, in which every feature and threshold is exact.</summary>
internal sealed class TreeForest
{
    private static readonly string[] Modes = [.. TreeNodes.Comparisons];

    private readonly Node[] _nodes;
    private readonly int[] _roots;
    private readonly (int Result, double Weight)[] _weights;
    private readonly double[] _members = [];

    /// <summary>Links the nodes of an ensemble whose nodes have numbers.</summary>
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

        ILookup<int, (int, double)> ofLeaf = Enumerable.Range(0, weights.Weights.Count).ToLookup(
            i => Find(weights.TreeIds[i], weights.NodeIds[i]), i => ((int)weights.Ids[i], weights.Weights[i]));
        var all = new List<(int, double)>();
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

    /// <summary>Links the branches of an ensemble that refers to branches and leaves by their places, which inference has checked. A leaf may be behind several branches.</summary>
    /// <exception cref="OnnxModelException">A branch lies behind itself.</exception>
    public TreeForest(TreeEnsemble ensemble, NodeContext owner)
    {
        TreeBranches branches = ensemble.Branches;
        _roots = [.. ensemble.Roots.Select(root => (int)root)];
        _nodes = new Node[branches.Count + ensemble.LeafTargets.Count];
        _weights = new (int, double)[ensemble.LeafTargets.Count];
        for (int i = 0; i < _weights.Length; i++)
        {
            _weights[i] = ((int)ensemble.LeafTargets[i], ensemble.LeafWeights[i]);
            _nodes[branches.Count + i] = new Node(Comparison.Leaf, 0, 0, -1, -1, false, i, i + 1);
        }

        _members = branches.Members is null ? [] : [.. branches.Members.Values];
        int next = 0;
        for (int i = 0; i < branches.Count; i++)
        {
            var mode = (Comparison)(branches.Modes[i] + 1);
            (int from, int to) = (0, 0);
            if (mode == Comparison.Member)
            {
                from = next;
                to = Array.FindIndex(_members, from, double.IsNaN) is >= 0 and var end ? end : _members.Length;
                _members.AsSpan(from, to - from).Sort();
                next = to + 1;
            }

            _nodes[i] = new Node(
                mode, (int)branches.FeatureIds[i], branches.Splits[i], Place(branches.TrueIds[i], branches.TrueLeaves[i]), Place(branches.FalseIds[i], branches.FalseLeaves[i]),
                branches.MissingTracksTrue?[i] == 1, from, to);
        }

        RequireNoRing(branches.Count, owner);

        int Place(long id, long isLeaf) => (int)id + (isLeaf == 1 ? branches.Count : 0);
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
        Member,
    }

    /// <summary>The number of trees.</summary>
    public int Trees => _roots.Length;

    /// <summary>What the leaf of one tree says of a sample.</summary>
    public ReadOnlySpan<(int Result, double Weight)> Leaf(int tree, ReadOnlySpan<double> features)
    {
        ref readonly Node node = ref _nodes[_roots[tree]];
        while (node.Mode != Comparison.Leaf)
        {
            double x = features[node.Feature];
            bool holds = node.Mode switch
            {
                Comparison.LessOrEqual => x <= node.Value,
                Comparison.Less => x < node.Value,
                Comparison.GreaterOrEqual => x >= node.Value,
                Comparison.Greater => x > node.Value,
                Comparison.Equal => x == node.Value,
                Comparison.NotEqual => x != node.Value,
                _ => _members.AsSpan(node.From, node.To - node.From).BinarySearch(x) >= 0,
            };
            node = ref _nodes[holds || (node.MissingTracksTrue && double.IsNaN(x)) ? node.Then : node.Else];
        }

        return _weights.AsSpan(node.From, node.To - node.From);
    }

    /// <summary>What all trees say of a sample, target by target.</summary>
    /// <param name="aggregate">How the trees go together.</param>
    /// <param name="features">The sample.</param>
    /// <param name="sums">The results.</param>
    /// <param name="counts">Working memory of the same length.</param>
    public void Aggregate(TreeAggregate aggregate, ReadOnlySpan<double> features, Span<double> sums, Span<double> counts)
    {
        sums.Clear();
        counts.Clear();
        for (int tree = 0; tree < Trees; tree++)
        {
            foreach ((int target, double weight) in Leaf(tree, features))
            {
                sums[target] = aggregate switch
                {
                    TreeAggregate.Min when counts[target] > 0 => Math.Min(sums[target], weight),
                    TreeAggregate.Max when counts[target] > 0 => Math.Max(sums[target], weight),
                    _ => sums[target] + weight,
                };
                counts[target]++;
            }
        }

        if (aggregate == TreeAggregate.Average)
        {
            foreach (ref double sum in sums)
            {
                sum /= Trees;
            }
        }
    }

    // Leaves branches one by one of which nothing is left behind: those that stay lie in a ring, or behind one.
    private void RequireNoRing(int branches, NodeContext owner)
    {
        var waiting = new int[branches];
        var parents = new List<int>[branches];
        var open = new Stack<int>();
        for (int i = 0; i < branches; i++)
        {
            foreach (int child in new[] { _nodes[i].Then, _nodes[i].Else })
            {
                if (child < branches)
                {
                    waiting[i]++;
                    (parents[child] ??= []).Add(i);
                }
            }

            if (waiting[i] == 0)
            {
                open.Push(i);
            }
        }

        int left = branches;
        while (open.TryPop(out int branch))
        {
            left--;
            foreach (int parent in parents[branch] ?? [])
            {
                if (--waiting[parent] == 0)
                {
                    open.Push(parent);
                }
            }
        }

        if (left > 0)
        {
            throw new OnnxModelException($"{owner}: {left} branches of its trees lie in a ring or lead into one; check the ids.");
        }
    }

    // Of a leaf, From and To are its weights; of a branch, its members.
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Node(Comparison Mode, int Feature, double Value, int Then, int Else, bool MissingTracksTrue, int From, int To);
}
