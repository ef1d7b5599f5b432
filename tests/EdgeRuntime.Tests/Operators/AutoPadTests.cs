using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests.Operators;

/// <summary>Pads that follow from sizes which only a run knows.</summary>
public sealed class AutoPadTests
{
    public static TheoryData<int, O.AutoPad, ElementType> Cases
    {
        get
        {
            var cases = new TheoryData<int, O.AutoPad, ElementType>();
            for (int i = 0; i < 4; i++)
            {
                cases.Add(i, O.AutoPad.SameUpper, ElementType.Float32);
                cases.Add(i, O.AutoPad.SameLower, ElementType.Float16);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_size_gives_what_its_explicit_pads_give(int kind, O.AutoPad mode, ElementType type)
    {
        O.WindowOperator op = kind switch
        {
            0 => new O.Conv([3, 2], [2, 3]) { AutoPad = mode },
            1 => new O.MaxPool([3, 3], [2, 2]) { AutoPad = mode },
            2 => new O.AveragePool([3, 2], [2, 1]) { AutoPad = mode },
            _ => new O.LpPool([2, 3], [3, 2], P: 1) { AutoPad = mode },
        };
        using ManagedSession open = ManagedBackend.Compile(Model(op, type, new SymbolicShape(1, 2, Dimension.Unknown, Dimension.Unknown)), new InferenceOptions { Threads = 1 });
        foreach (int[] size in new int[][] { [6, 7], [9, 5], [2, 3], [6, 7] })
        {
            Tensor x = Elements.From(type, [1, 2, .. size], Elements.Of(new RandomTensors(size[0]).Float(1, 2, size[0], size[1])));
            var feeds = new Dictionary<string, Tensor> { ["x"] = x };
            using ManagedSession explicitPads = ManagedBackend.Compile(Model(op.PaddedFor(size), type, SymbolicShape.From(x.Shape)));
            Tensor expected = explicitPads.Run(feeds).GetAt(0).Value;
            Assert.Equal([(size[0] + op.Stride(0) - 1) / op.Stride(0), (size[1] + op.Stride(1) - 1) / op.Stride(1)], expected.Shape.Dimensions[2..].ToArray().Select(length => (long)length));
            Elements.AssertClose(expected, open.Run(feeds).GetAt(0).Value, 0, 0);
            Tensor[] outputs = [Tensor.Create(type, expected.Shape)];
            open.Run([x], outputs);
            TestAllocations.AssertNone(() => open.Run([x], outputs));
        }
    }

    private static OnnxModel Model(Operator op, ElementType type, SymbolicShape shape)
    {
        var builder = new ModelBuilder().Input("x", type, shape);
        string value = op is O.Conv
            ? builder.Node(op, "x", builder.Constant(Elements.From(type, [3, 2, 3, 2], Elements.Of(new RandomTensors(1).Float(3, 2, 3, 2)))))
            : builder.Node(op, "x");
        return builder.Output(builder.Node(new O.Relu(), value)).Build(18);
    }
}
