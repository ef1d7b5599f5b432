using Toolkit.Numerics;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Recipes;
using Toolkit.Trainer.Recipes.Gates;

namespace Toolkit.Trainer.Tests.Recipes;

public sealed class LogicGatesTests
{
    [Theory]
    [InlineData(42)]
    [InlineData(1)]
    [InlineData(2)]
    public void Two_layers_learn_XOR_and_one_does_not(int seed)
    {
        RecipeResult result = RecipeRunner.Run(RecipeTable.Get("logic-gates"), new RecipeOptions { Seed = seed, Data = new DatasetRequest { Offline = true } });

        Assert.Equal(4, result.Figures["xor_correct"]);
        Assert.True(result.Figures["xor_one_layer_correct"] < 4);
        Assert.Equal(4, result.Figures["xor_by_hand_correct"]);
        Assert.Equal(12, result.Figures["gates_by_hand_correct"]);
        Assert.Equal(3, result.Figures["gates_learned"]);
        Assert.Equal(256, result.Figures["adder_sums_correct"]);
        Assert.Equal(5, result.Sections.Count);
    }

    [Fact]
    public void The_rule_finds_AND_and_never_XOR()
    {
        (Perceptron and, IReadOnlyList<double> mistakes) = Perceptron.Learn(Gate.And, 50);
        Assert.Equal(0, mistakes[^1]);
        Assert.Equal([0f, 0, 0, 1], and.ToModel("and").Predict(TruthTables.Of((_, _) => false).X).ToArray());

        (_, IReadOnlyList<double> never) = Perceptron.Learn(Gate.Xor, 50);
        Assert.Equal(50, never.Count);
        Assert.DoesNotContain(0.0, never);
    }

    [Theory]
    [InlineData(1, 5, 3)]
    [InlineData(2, 14, 6)]
    [InlineData(4, 32, 10)]
    public void An_adder_of_NAND_gates_adds_as_a_network(int bits, int gates, int depth)
    {
        NandCircuit circuit = NandCircuit.Adder(bits);
        Sequential model = circuit.ToModel("adder");
        int range = 1 << bits;

        Assert.Equal((gates, depth), (circuit.GateCount, circuit.Depth));
        for (int a = 0; a < range; a++)
        {
            for (int b = 0; b < range; b++)
            {
                float[] inputs = [.. Enumerable.Range(0, 2 * bits).Select(bit => (float)((bit < bits ? a >> bit : b >> (bit - bits)) & 1))];
                float[] sum = model.Predict(Tensor.From([1, 2 * bits], inputs)).ToArray();
                Assert.Equal(a + b, sum.Select((value, bit) => (int)value << bit).Sum());
            }
        }
    }
}
